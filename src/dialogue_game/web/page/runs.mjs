// @ts-check
/** Playing: one run of one story, kept as it goes. */
import { debrief, follow, step } from "../engine/debrief.mjs";
import { ChoiceNotAvailable } from "../engine/engine.mjs";
import { percent, profile } from "../engine/profile.mjs";
import { newId, newSeed, Store } from "./storage.mjs";

/** One run that is being played. Every change is kept before it is shown. */
export class Player {
  /** @param {any} story @param {import("./storage.mjs").StoredRun} run @param {import("./storage.mjs").Store} store */
  constructor(story, run, store) {
    this.story = story;
    this.store = store;
    this.kept = run;
    const followed = follow(story, run.choices, run.seed, run.ended);
    this.run = followed.run;
    this.steps = followed.steps;
    /** The choice whose consequence is being read. @type {any} */
    this.reading = null;
    this.parted = false;
    /** @type {any} */
    this.shown = null;
    this.shownAt = Date.now();
    /** @type {((player: Player, taken: any) => void)[]} */
    this.listeners = [];
  }

  get id() {
    return this.kept.id;
  }

  /** What may be shown now; asked once until something happens. */
  situation() {
    this.shown ??= this.run.situation();
    return { playthrough: this.id, ...this.shown };
  }

  /** @param {string} id */
  choose(id) {
    const taken = step(this.run, id, this.shown);
    this.shown = null;
    taken.latency = Date.now() - this.shownAt;
    this.steps.push(taken);
    this.reading = taken;
    this.keep({ scene: taken.scene, choice: taken.choice.id });
    for (const hear of this.listeners) hear(this, taken);
    return taken.consequence;
  }

  /** What each option would come to: while somebody reads, every text and condition that the choice
   * will ask for is read, so that it is answered at once. */
  lookAhead() {
    const open = this.situation().options.filter((option) => option.available);
    return open.map((option) => step(this.run.copy(), option.id, this.shown));
  }

  /** Keep one more choice. Where another tab went on with this run, both stay.
   * @param {{scene: string, choice: string}} made */
  keep(made) {
    const before = this.kept.choices;
    const written = this.store.writtenElsewhere(this.id);
    if (written && !isBeginning(written.choices, before)) {
      const shared = before.length;
      this.kept = { ...this.kept, id: newId(), branched_from: this.id, shared };
      this.parted = true;
    }
    const ended = this.run.ended ? Date.now() : 0;
    this.kept = { ...this.kept, choices: [...before, made], ended };
    this.store.keep(this.kept);
  }

  readOn() {
    this.run.readOn();
    this.shown = null;
    this.shownAt = Date.now();
    if (this.run.ended && !this.kept.ended) {
      this.kept = { ...this.kept, ended: Date.now() };
      this.store.keep(this.kept);
    }
  }

  /** The consequence was read. */
  goOn() {
    this.reading = null;
    this.shownAt = Date.now();
  }

  /** @param {string} line */
  reflect(line) {
    this.kept = { ...this.kept, reflection: line.slice(0, 300) };
    this.store.keep(this.kept);
  }

  debrief() {
    const look = debrief(this.story, this.run, this.steps, this.kept.reflection);
    return { playthrough: this.id, ...look };
  }
}

/** Whether the first list begins the second. */
function isBeginning(first, second) {
  if (first.length > second.length) return false;
  return first.every((made, at) => made.scene === second[at].scene && made.choice === second[at].choice);
}

/** All runs of a course, and starting them. */
export class Runs {
  /** @param {any} course @param {import("./storage.mjs").Store} store */
  constructor(course, store) {
    this.course = course;
    this.store = store;
    this.listeners = [];
  }

  /** @param {string} id */
  story(id) {
    return this.course.stories.find((story) => story.id === id);
  }

  /** The runs of one person, newest first. @param {string} [story] */
  own(story) {
    return [...this.store.runs.values()]
      .filter((run) => !run.group && (!story || run.story === story))
      .sort((one, other) => other.started - one.started);
  }

  /** Whether a run was played on the text that this page has. @param {any} run */
  current(run) {
    return this.story(run.story)?.edition === run.edition;
  }

  /** @param {string} story @param {Partial<import("./storage.mjs").StoredRun>} more @returns {Player} */
  begin(story, more = {}) {
    const told = this.story(story);
    if (!told) throw new ChoiceNotAvailable(`There is no story “${story}”.`, "", this.course.stories.map((one) => one.id));
    const run = {
      id: newId(),
      story,
      edition: told.edition ?? "",
      seed: newSeed(),
      started: Date.now(),
      ended: 0,
      group: false,
      choices: [],
      branched_from: "",
      shared: 0,
      reflection: "",
      ...more,
    };
    this.store.keep(run);
    return this.player(run);
  }

  /** @param {string} id @returns {Player | null} null where it is not there, or of another text */
  open(id) {
    const run = this.store.runs.get(id);
    return run && this.current(run) ? this.player(run) : null;
  }

  /** @param {import("./storage.mjs").StoredRun} run */
  player(run) {
    const player = new Player(this.story(run.story), run, this.store);
    player.listeners = this.listeners;
    return player;
  }

  /** A run from a file, as it was played on the text that came with it; nothing of it is kept.
   * @param {{run: any, story: any}} read */
  visiting({ run, story }) {
    return new Player(story, run, new Store(this.course.id, null));
  }

  /** Play from one decision on; the run it leaves stays. @param {string} id @param {number} decision from 0 */
  replay(id, decision) {
    const run = this.store.runs.get(id);
    if (!run) return null;
    const choices = run.choices.slice(0, decision);
    return this.begin(run.story, { seed: run.seed, choices, branched_from: id, shared: decision });
  }

  /** What a run came to; null where it cannot be followed. @param {any} run */
  result(run) {
    try {
      const { run: walked, steps } = follow(this.story(run.story), run.choices, run.seed, run.ended);
      const scores = profile(walked.story, steps);
      return { walked, steps, scores, percent: walked.story.kind === "scenario" ? percent(scores.overall) : null };
    } catch {
      return null;
    }
  }

  /** The endings that one person has found. @param {string} story */
  endingsFound(story) {
    const ended = this.own(story).filter((run) => run.ended && this.current(run));
    return new Set(ended.map((run) => this.result(run)?.walked.ending).filter(Boolean));
  }

  /** The newest run that can be gone on with. @param {string} story */
  paused(story) {
    return this.own(story).find((run) => !run.ended && this.current(run));
  }
}
