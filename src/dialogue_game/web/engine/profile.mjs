// @ts-check
/** What was earned of what was at stake, and the verdicts: the score's key. */

export const WEIGHTS = { models: 2, upholds: 1, strains: -1, breaches: -2 };
export const PASS_PERCENT = 70;

/** @typedef {{earned: number, at_stake: number}} Stake */

/** @param {any} choice @param {string} guideline "": all of them */
export function worth(choice, guideline = "") {
  let sum = 0;
  for (const mark of choice.marks ?? []) {
    if (!guideline || mark.guideline === guideline) sum += WEIGHTS[mark.word];
  }
  return sum;
}

/** What one decision put at stake, and earned. @param {any} chosen @param {any[]} offered @returns {Stake} */
export function stakeOf(chosen, offered, guideline = "") {
  let [least, most] = [Infinity, -Infinity];
  for (const option of offered) {
    const value = worth(option, guideline);
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { earned: worth(chosen, guideline) - least, at_stake: most - least };
}

/** Python's rounding: halves go to the even neighbour. @param {number} value */
export function roundHalfEven(value) {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Whole per cent; null where nothing was at stake. @param {Stake} stake */
export function percent({ earned, at_stake }) {
  if (!at_stake) return null;
  if (earned === 0) return 0;
  if (earned === at_stake) return 100;
  return Math.min(Math.max(roundHalfEven((100 * earned) / at_stake), 1), 99);
}

/** @param {Stake} stake */
export function stakeData(stake) {
  return { earned: stake.earned, at_stake: stake.at_stake, percent: percent(stake) };
}

/** The profile over all the story's guidelines. @param {any} story @param {any[]} steps */
export function profile(story, steps) {
  const overall = { earned: 0, at_stake: 0 };
  /** @type {Map<string, Stake>} */
  const totals = new Map();
  /** @type {Map<string, any[]>} */
  const evidence = new Map();
  steps.forEach((step, position) => {
    add(overall, step.stake);
    for (const guideline of marked(step.offered)) {
      if (!totals.has(guideline)) totals.set(guideline, { earned: 0, at_stake: 0 });
      add(/** @type {Stake} */ (totals.get(guideline)), stakeOf(step.choice, step.offered, guideline));
    }
    for (const mark of step.choice.marks ?? []) {
      if (!evidence.has(mark.guideline)) evidence.set(mark.guideline, []);
      evidence.get(mark.guideline)?.push({ position, scene: step.scene, choice: step.choice.id, mark });
    }
  });
  const guidelines = Object.keys(story.guidelines ?? {}).map((id) =>
    result(id, totals.get(id) ?? { earned: 0, at_stake: 0 }, evidence.get(id) ?? []),
  );
  return { overall, guidelines };
}

/** @param {any[]} offered */
function marked(offered) {
  return new Set(offered.flatMap((option) => (option.marks ?? []).map((mark) => mark.guideline)));
}

/** @param {Stake} total @param {Stake} part */
function add(total, part) {
  total.earned += part.earned;
  total.at_stake += part.at_stake;
}

/** @param {string} id @param {Stake} stake @param {any[]} evidence */
function result(id, stake, evidence) {
  const [verdict, repaired] = verdictOf(stake, evidence.map((item) => WEIGHTS[item.mark.word]));
  return { id, verdict, repaired, stake, evidence };
}

/** @param {Stake} total @param {number[]} weights in the order met @returns {[string, boolean]} */
function verdictOf(total, weights) {
  if (!total.at_stake) return ["not tested", false];
  if (!weights.length) return ["passed by", false];
  if (!weights.some((weight) => weight < 0)) return ["upheld", false];
  const breach = weights.findLastIndex((weight) => weight <= -2);
  if (breach < 0) return [weights.some((weight) => weight > 0) ? "mixed" : "strained", false];
  return weights.slice(breach + 1).some((weight) => weight > 0) ? ["mixed", true] : ["breached", false];
}

/** At least that many per cent, and no breach left unrepaired. */
export function success({ overall, guidelines }, pass = PASS_PERCENT) {
  const reached = percent(overall);
  return reached !== null && reached >= pass && !guidelines.some((one) => one.verdict === "breached");
}
