// @ts-check
/** The rules of play, equal to the Python engine: begin, choose, situation, consequence. */
import { apply, holds } from "./expressions.mjs";
import { stakeOf } from "./profile.mjs";
import { clockTime, fnv1a, spoken, told } from "./text.mjs";

const DERIVED = new Set(["earned", "decisions"]);
const PEOPLE_FIELDS = new Set(["from", "to", "cc", "author", "credit"]);

/** One run of one story; it only ever goes on. */
export class Run {
  /** @param {any} story the compiled story as plain data @param {number} seed 0: the author's order */
  constructor(story, seed = 0) {
    this.story = story;
    this.seed = seed;
    this.scene = "";
    this.ending = "";
    this.variables = new Map(Object.entries(story.variables ?? {}));
    for (const [name, time] of Object.entries(story.clock?.times ?? {})) this.variables.set(name, time);
    if (story.clock) this.variables.set("clock", story.clock.start);
    this.visited = new Set();
    this.chosen = new Set();
    this.breached = new Set();
    this.decisions = 0;
    this.earned = 0;
    this.atStake = 0;
    this.enter(story.start);
  }

  /** Another run that stands where this one does. @returns {Run} */
  copy() {
    const other = Object.assign(Object.create(Run.prototype), this);
    other.variables = new Map(this.variables);
    for (const name of ["visited", "chosen", "breached"]) other[name] = new Set(this[name]);
    return other;
  }

  get ended() {
    return this.ending !== "";
  }

  /** @param {string} name */
  derived(name) {
    if (name === "decisions") return this.decisions;
    return this.atStake ? Math.floor((100 * this.earned) / this.atStake) : 100;
  }

  /** @param {string} guideline one guideline, or "" for any */
  unrepaired(guideline) {
    return guideline ? this.breached.has(guideline) : this.breached.size > 0;
  }

  /** A variable as a text shows it. @param {string} name */
  spoken(name) {
    const value = this.variables.has(name) ? this.variables.get(name) : DERIVED.has(name) ? this.derived(name) : "";
    const { clock } = this.story;
    const timed = clock && typeof value === "number" && (name === "clock" || Object.hasOwn(clock.times, name));
    return timed ? clockTime(clock, value) : spoken(value);
  }

  /** @param {string} place the scene or ending that is reached */
  enter(place) {
    const { scenes, endings } = this.story;
    const ending = Object.hasOwn(endings, place);
    this.scene = ending ? "" : place;
    this.ending = ending ? place : "";
    const reached = ending ? endings[place] : scenes[place];
    const first = !ending && !this.visited.has(place);
    if (!ending) this.visited.add(place);
    if (first) apply(reached.first_enter ?? [], this);
    apply(reached.enter ?? [], this);
  }

  /** Whether this is a page that is read, and on. */
  get continues() {
    if (this.ended) return false;
    const { goto = [], choices } = this.story.scenes[this.scene];
    return goto.length > 0 && Object.keys(choices).length === 0;
  }

  /** Whether nothing is written from here on. */
  get stub() {
    if (this.ended) return false;
    const { goto = [], choices } = this.story.scenes[this.scene];
    return goto.length === 0 && Object.keys(choices).length === 0;
  }

  /** Read on from a continue page. */
  readOn() {
    this.enter(this.way(this.story.scenes[this.scene].goto));
  }

  /** The ids of the choices that can be taken now. */
  available() {
    if (this.ended) return [];
    const { choices } = this.story.scenes[this.scene];
    return Object.values(choices).filter((choice) => holds(choice.when, this)).map((choice) => choice.id);
  }

  /** The scene's choices in the order in which they are offered. */
  choices() {
    const scene = this.story.scenes[this.scene];
    const written = Object.values(scene.choices);
    if (!scene.shuffled || !this.seed) return written;
    const place = (choice) => fnv1a(`${this.seed}/${scene.id}/${choice.id}`);
    return written.map((choice) => ({ choice, at: place(choice) })).sort((a, b) => a.at - b.at).map((one) => one.choice);
  }

  /** The choices that are shown: those that can be taken, and those that say why not. */
  shownChoices() {
    return this.choices().filter((choice) => choice.locked || holds(choice.when, this));
  }

  /** Take a choice. @param {string} id @returns {any} what it tells, as `consequence` lines have it */
  choose(id) {
    const { scene, choice } = this.decide(id);
    const consequence = this.consequence(choice);
    const cost = choice.cost ? { person: choice.cost.person ?? "", text: told(choice.cost.text, this) } : null;
    const offered = Object.values(scene.choices).filter((other) => holds(other.when, this));
    const stake = stakeOf(choice, offered);
    this.earned += stake.earned;
    this.atStake += stake.at_stake;
    this.decisions += 1;
    this.chosen.add(`${scene.id}.${choice.id}`);
    this.remember(choice.marks ?? []);
    apply(choice.effects ?? [], this);
    this.enter(this.way(choice.goto));
    return { consequence, offered, choice, stake, cost };
  }

  /** The choice of that id, where it can be taken. @param {string} id */
  decide(id) {
    if (this.ended) {
      throw new ChoiceNotAvailable("This playthrough has ended.", "Start a new one, or replay a decision.", []);
    }
    const scene = this.story.scenes[this.scene];
    const choice = Object.hasOwn(scene.choices, id) ? scene.choices[id] : null;
    if (choice && holds(choice.when, this)) return { scene, choice };
    throw this.refused(id, choice);
  }

  /** @param {string} id @param {any} choice */
  refused(id, choice) {
    if (this.continues) return new ChoiceNotAvailable("There is nothing to choose on this page.", "Say: continue.", []);
    if (this.stub) return new ChoiceNotAvailable("This scene is not written yet.", "Start anew, or replay a decision.", []);
    const options = this.available();
    const message = choice?.locked
      ? `“${id}” is not available: ${told(choice.locked, this)}`.trim()
      : `There is no choice “${id}” here.`;
    return new ChoiceNotAvailable(message, `Choose one of: ${options.join(", ")}.`, options);
  }

  /** The first branch that holds. @param {any[]} branches */
  way(branches) {
    return (branches.find((branch) => holds(branch.when, this)) ?? branches[branches.length - 1]).to;
  }

  /** @param {any[]} marks */
  remember(marks) {
    for (const mark of marks) {
      if (mark.word === "breaches") this.breached.add(mark.guideline);
      else if (mark.word !== "strains") this.breached.delete(mark.guideline);
    }
  }

  /** @param {any[]} paragraphs @returns {string[]} */
  paragraphs(paragraphs) {
    return paragraphs
      .filter((part) => holds(part.when, this))
      .map((part) => told(part.text, this))
      .filter((text) => text);
  }

  /** What a choice tells, as the world stands before it. @param {any} choice */
  consequence(choice) {
    const text = this.paragraphs(choice.consequence);
    const cost = this.costNow(choice);
    if (cost) text.push(cost.text);
    return {
      scene: this.scene,
      choice: choice.id,
      choice_text: told(choice.text, this),
      text: text.join("\n\n"),
      marks: (choice.marks ?? []).map(markData),
      references: (choice.references ?? []).map((id) => referenceData(this.story.references[id])),
      coaching: told(choice.coaching ?? "", this),
      settled: this.story.scenes[this.scene].settled ?? "",
      defensible: choice.defensible ?? false,
      cost,
    };
  }

  /** What the choice costs, where its own consequence says so; null where that falls due later.
   * @param {any} choice */
  costNow({ cost }) {
    if (!cost || cost.due?.length) return null;
    return { person: cost.person ?? "", text: told(cost.text, this) };
  }

  /** What may be shown now, as `situation` lines have it. */
  situation() {
    const { story } = this;
    if (this.ended) return this.endedSituation(story.endings[this.ending]);
    const scene = story.scenes[this.scene];
    return {
      scene: scene.id,
      title: scene.title,
      text: this.paragraphs(scene.text).join("\n\n"),
      as: this.nameOf(scene.as_ ?? ""),
      exhibits: (scene.exhibits ?? []).filter((one) => holds(one.when, this)).map((one) => this.exhibit(one)),
      options: this.shownChoices().map((choice) => this.option(choice)),
      group: scene.group ?? "",
      discuss: scene.discuss ?? [],
      decision: this.decisions,
      ...(this.continues ? { continue: true } : {}),
      ...(this.stub ? { stub: true } : {}),
    };
  }

  /** @param {any} ending */
  endedSituation(ending) {
    return {
      scene: "",
      title: ending.title,
      text: this.paragraphs(ending.text).join("\n\n"),
      as: "",
      exhibits: [],
      options: [],
      group: "",
      discuss: [],
      decision: this.decisions,
      ending: { id: ending.id, kind: ending.kind, title: ending.title },
    };
  }

  /** @param {any} choice */
  option(choice) {
    const available = holds(choice.when, this);
    const locked = available ? "" : told(choice.locked ?? "", this);
    return { id: choice.id, text: told(choice.text, this), available, locked };
  }

  /** A cast member's name, or the text itself. @param {string} person */
  nameOf(person) {
    const { cast = {} } = this.story;
    return Object.hasOwn(cast, person) ? cast[person].name : person;
  }

  /** @param {any} exhibit */
  exhibit(exhibit) {
    const shown = {
      id: exhibit.id,
      kind: exhibit.kind,
      alt: told(exhibit.alt ?? "", this),
      details: (exhibit.details ?? []).map(({ id, look, text }) => ({ id, look: told(look, this), text: told(text, this) })),
      fields: this.filled(exhibit.fields),
    };
    const items = (exhibit.items ?? []).map((item) => this.filled(item));
    return items.length ? { ...shown, items } : shown;
  }

  /** @param {Record<string, string>} fields */
  filled(fields) {
    const { cast = {} } = this.story;
    const shown = {};
    for (const [name, text] of Object.entries(fields)) {
      const person = PEOPLE_FIELDS.has(name);
      const handle = name === "author" && Object.hasOwn(cast, text) && cast[text].handle;
      if (handle) shown.handle = `@${handle}`;
      shown[name] = person ? this.nameOf(told(text, this)) : told(text, this);
    }
    return shown;
  }
}

/** A choice that is unknown, locked, or made after the ending. */
export class ChoiceNotAvailable extends Error {
  /** @param {string} message @param {string} nextStep @param {string[]} options */
  constructor(message, nextStep, options) {
    super(`${message} ${nextStep}`);
    this.options = options;
  }
}

/** @param {any} mark */
export function markData(mark) {
  return { guideline: mark.guideline, mark: mark.word, why: mark.why };
}

/** @param {any} reference */
export function referenceData(reference) {
  const { id, symbol, title, summary, verified } = reference;
  const { provision = "", url = "", binding = false, note = "" } = reference;
  const force = reference.force || (binding ? "binding" : "guidance");
  return { id, symbol, provision, title, summary, verified, binding, force, url, note };
}
