// @ts-check
/** The look back over one run, as the `debrief` line has it. */
import { Run, referenceData } from "./engine.mjs";
import { aboutYou } from "./look_back.mjs";
import { profile, stakeData, success } from "./profile.mjs";

/** Follow these choices from the start. Raises where one cannot be taken. A run that has ended was
 * read on from the pages after its last choice; one that has not may stand on such a page.
 * @param {any} story @param {{scene: string, choice: string}[] | string[]} choices @param {number} seed
 * @param {boolean | number} ended */
export function follow(story, choices, seed = 0, ended = false) {
  const run = new Run(story, seed);
  const steps = [];
  for (const made of choices) {
    const id = typeof made === "string" ? made : made.choice;
    if (typeof made !== "string") readUpTo(run, made.scene);
    if (!id) continue;
    if (typeof made !== "string" && made.scene !== run.scene) {
      throw new Error(`choice ${steps.length + 1} was not made where the story was then.`);
    }
    steps.push(step(run, id));
  }
  if (ended) readUpTo(run, "");
  return { run, steps };
}

/** Read on through continue pages that stand before a choice: nothing is decided on them.
 * @param {Run} run @param {string} scene */
function readUpTo(run, scene) {
  for (let pages = 0; run.continues && run.scene !== scene && pages < 1000; pages += 1) run.readOn();
}

/** Take one choice, and keep what a look back needs. @param {Run} run @param {string} id
 * @param {any} [shown] the situation, where it was told already */
export function step(run, id, shown) {
  const before = shown ?? run.situation();
  return { position: run.decisions, scene: run.scene, before, ...run.choose(id) };
}

/** @param {any} story @param {Run} run @param {any[]} steps @param {string} reflection */
export function debrief(story, run, steps, reflection = "") {
  const ending = run.ended ? story.endings[run.ending] : null;
  const scores = profile(story, steps);
  const asked = new Set(steps.flatMap((taken) => taken.before.discuss));
  const questions = Object.keys(story.questions ?? {});
  return {
    story: story.id,
    edition: story.edition ?? "",
    status: story.status ?? "drafted",
    ending: ending && { id: ending.id, kind: ending.kind, title: ending.title },
    overall: stakeData(scores.overall),
    success: success(scores),
    guidelines: scores.guidelines.map(guidelineData),
    path: steps.map((taken) => ({ scene: taken.scene, choice: taken.choice.id, ...taken.stake })),
    questions: {
      asked: questions.filter((id) => asked.has(id)),
      others: questions.filter((id) => !asked.has(id)),
    },
    resources: (story.resources ?? []).map((id) => referenceData(story.references[id])),
    reflection,
    ...aboutYou(story, steps, scores),
  };
}

/** @param {any} line */
export function guidelineData(line) {
  return {
    id: line.id,
    verdict: line.verdict,
    repaired: line.repaired,
    ...stakeData(line.stake),
    evidence: line.evidence.map((item) => ({
      scene: item.scene,
      choice: item.choice,
      mark: item.mark.word,
      why: item.mark.why,
    })),
  };
}
