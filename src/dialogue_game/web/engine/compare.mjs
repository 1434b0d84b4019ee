// @ts-check
/** Two runs side by side, as `compare --json` has them. */
import { follow } from "./debrief.mjs";
import { guidelineDifferences, partingWords } from "./compare_words.mjs";
import { markData } from "./engine.mjs";
import { profile, stakeData } from "./profile.mjs";
import { opcodes } from "./sequences.mjs";

/** @typedef {{id: string, story: any, choices: any[], who?: string, seed?: number, ended?: boolean | number}} Walked */

/** Ids of both editions in one namespace: what was renamed is the same by `aliases`. */
class Names {
  /** @param {any} story */
  constructor(story) {
    this.story = story;
    this.aliases = story.aliases ?? {};
  }

  /** @param {string} name */
  alias(name) {
    return Object.hasOwn(this.aliases, name) ? this.aliases[name] : name;
  }

  /** @param {string} place */
  place(place) {
    const met = new Set([place]);
    let here = place;
    while (!Object.hasOwn(this.story.scenes, here) && !Object.hasOwn(this.story.endings, here)) {
      const renamed = this.alias(here);
      if (met.has(renamed)) return here;
      met.add(renamed);
      here = renamed;
    }
    return here;
  }

  /** @param {string} scene @param {string} choice @returns {string} `scene.choice` */
  choice(scene, choice) {
    const met = new Set();
    let [place, id] = [scene, choice];
    while (!met.has(`${place}.${id}`)) {
      met.add(`${place}.${id}`);
      place = this.place(place);
      const known = Object.hasOwn(this.story.scenes, place);
      if (known && Object.hasOwn(this.story.scenes[place].choices, id)) break;
      const renamed = this.alias(`${place}.${id}`);
      const dot = renamed.lastIndexOf(".");
      [place, id] = [renamed.slice(0, Math.max(dot, 0)), renamed.slice(dot + 1)];
    }
    return `${place}.${id}`;
  }
}

/** One of the two runs, with its keys in the other's namespace. */
class Side {
  /** @param {Walked} walked @param {any} other the other run's story */
  constructor(walked, other) {
    const { run, steps } = follow(walked.story, walked.choices, walked.seed, walked.ended);
    this.walked = walked;
    this.story = walked.story;
    this.who = walked.who ?? "you";
    this.steps = steps;
    this.ending = run.ended ? walked.story.endings[run.ending] : null;
    this.profile = profile(walked.story, steps);
    this.names = walked.story.edition === other.edition ? null : new Names(other);
  }

  place(place) {
    return this.names ? this.names.place(place) : place;
  }

  choice(scene, choice) {
    return this.names ? this.names.choice(scene, choice) : `${scene}.${choice}`;
  }

  sceneOf(step) {
    return this.place(step.scene);
  }

  choiceOf(step) {
    return this.choice(step.scene, step.choice.id);
  }

  data() {
    return {
      run: this.walked.id,
      who: this.who,
      edition: this.story.edition ?? "",
      choices: this.steps.length,
      ending: this.ending && { id: this.ending.id, kind: this.ending.kind, title: this.ending.title },
      ...stakeData(this.profile.overall),
    };
  }
}

/** The value of `compare --json`. @param {Walked} first @param {Walked} second @param {any} words */
export function compare(first, second, words) {
  const left = new Side(first, second.story);
  const right = new Side(second, first.story);
  const shared = sharedSteps(left, right);
  const parting = partingOf(left, right, shared);
  const rows = [...rowsAfter(left, right, shared)];
  return {
    story: left.story.id,
    title: left.story.title,
    one_edition: (left.story.edition ?? "") === (right.story.edition ?? ""),
    left: left.data(),
    right: right.data(),
    shared: left.steps.slice(0, shared).map(stepData),
    parting,
    said: partingWords(words, parting, rows[0], left.who, right.who),
    rows: rows.map((row) => ({ left: stepData(row.left), right: stepData(row.right), alike: row.alike })),
    openings: [...openings(left, right, rows)],
    guidelines: guidelineDifferences(words, left, right),
  };
}

function sharedSteps(left, right) {
  let count = 0;
  while (count < left.steps.length && count < right.steps.length) {
    const [one, other] = [left.steps[count], right.steps[count]];
    if (left.sceneOf(one) !== right.sceneOf(other) || left.choiceOf(one) !== right.choiceOf(other)) break;
    count += 1;
  }
  return count;
}

function partingOf(left, right, shared) {
  const [one, other] = [left.steps[shared], right.steps[shared]];
  if (one && other) return left.sceneOf(one) === right.sceneOf(other) ? "another choice" : "another place";
  if (one || other) return (one ? right : left).ending ? "another place" : "one stopped";
  const here = left.ending ? left.place(left.ending.id) : "";
  const there = right.ending ? right.place(right.ending.id) : "";
  return here === there ? "same road" : "another place";
}

function* rowsAfter(left, right, shared) {
  const [mine, theirs] = [left.steps.slice(shared), right.steps.slice(shared)];
  const keys = [mine.map((step) => left.sceneOf(step)), theirs.map((step) => right.sceneOf(step))];
  for (const [kind, a, b, c, d] of opcodes(keys[0], keys[1])) {
    if (kind === "equal") {
      for (let at = 0; at < b - a; at += 1) {
        const [one, other] = [mine[a + at], theirs[c + at]];
        yield { left: one, right: other, alike: left.choiceOf(one) === right.choiceOf(other) };
      }
    } else {
      for (const step of mine.slice(a, b)) yield { left: step, right: null, alike: false };
      for (const step of theirs.slice(c, d)) yield { left: null, right: step, alike: false };
    }
  }
}

function* openings(left, right, rows) {
  for (const row of rows) {
    if (!row.left || !row.right) continue;
    const there = new Map();
    for (const option of row.right.before.options) {
      there.set(right.choice(row.right.scene, option.id).split(".").pop(), option);
    }
    for (const here of row.left.before.options) {
      const other = there.get(left.choice(row.left.scene, here.id).split(".").pop());
      if (!other || other.available === here.available) continue;
      yield {
        scene: row.left.scene,
        choice: here.id,
        text: here.text,
        open_on: here.available ? "left" : "right",
        locked: (here.available ? other : here).locked,
      };
    }
  }
}

function stepData(step) {
  if (!step) return null;
  return {
    decision: step.position + 1,
    scene: step.scene,
    title: step.before.title,
    choice: step.choice.id,
    choice_text: step.consequence.choice_text,
    consequence: step.consequence.text,
    marks: (step.choice.marks ?? []).map(markData),
    earned: step.stake.earned,
    at_stake: step.stake.at_stake,
  };
}
