// @ts-check
/** The run as a story about its player: a pattern, two moments, one thing protected, one paid with. */
import { WEIGHTS } from "./profile.mjs";

const SAME_CHOICE = "The same choice had its price.";
const TAGGED_FROM = 4;
const STANCES = {
  consult: "ask others first",
  retreat: "step back",
  bold: "take the bold way",
  wait: "wait",
  act: "act at once",
};

/** @param {any} story @param {any[]} steps @param {any} scores @returns {any} what a debrief adds */
export function aboutYou(story, steps, scores) {
  const scored = story.kind === "scenario";
  const paid = scored ? paidWith(steps, scores) : null;
  const kept = scored ? protectedBy(scores, paid) : null;
  if (paid && sameChoice(kept, paid)) paid.text = `${SAME_CHOICE} ${paid.text}`;
  return {
    pattern: patternOf(scored ? steps : []),
    moments: scored ? momentsOf(story, steps, scores) : [],
    protected: kept,
    paid,
  };
}

/** The first of those for which `value` is largest. @param {any[]} items @param {(item: any) => number[]} value */
function largest(items, value) {
  let best = null;
  for (const item of items) if (best === null || above(value(item), value(best))) best = item;
  return best;
}

/** @param {number[]} one @param {number[]} other */
function above(one, other) {
  const at = one.findIndex((number, place) => number !== other[place]);
  return at >= 0 && one[at] > other[at];
}

function patternOf(faced) {
  const stances = {};
  for (const name of Object.keys(STANCES)) {
    const offered = faced.filter((step) => step.offered.some((option) => option.stance === name)).length;
    const taken = faced.filter((step) => step.choice.stance === name);
    const sum = (key) => taken.reduce((total, step) => total + step.stake[key], 0);
    const where = taken.map((step) => `${step.scene}.${step.choice.id}`);
    if (offered) stances[name] = { offered, taken: taken.length, earned: sum("earned"), at_stake: sum("at_stake"), where };
  }
  const names = Object.keys(stances);
  if (names.reduce((total, name) => total + stances[name].taken, 0) < TAGGED_FROM) return { stances, text: "" };
  const name = largest(names, (one) => [stances[one].taken / stances[one].offered, stances[one].taken]);
  const { taken, offered, earned, at_stake } = stances[name];
  const tends = `You tend to ${STANCES[name]}: ${taken} of ${offered} times.`;
  return { stances, text: at_stake ? `${tends} It earned ${earned} of ${at_stake} points.` : tends };
}

function momentsOf(story, faced, scores) {
  const found = new Map();
  const breach = newestBreach(scores);
  const lost = largest(faced, (step) => [step.stake.at_stake - step.stake.earned]);
  if (breach) {
    const { number } = story.guidelines[breach.mark.guideline];
    found.set(breach.position, `It breached guideline ${number}, and no later choice upheld it.`);
  } else if (lost && lost.stake.earned < lost.stake.at_stake) {
    found.set(lost.position, `Most was open here: you earned ${lost.stake.earned} of ${lost.stake.at_stake} points.`);
  }
  const others = faced.filter((step) => !found.has(step.position)).sort((one, other) => other.stake.earned - one.stake.earned);
  for (const { position, stake } of others.slice(0, 2 - found.size)) {
    if (stake.earned) found.set(position, `You earned most here: ${stake.earned} of ${stake.at_stake} points.`);
  }
  const places = [...found.keys()].sort((one, other) => one - other);
  return places.map((place) => ({ scene: faced[place].scene, choice: faced[place].choice.id, why: found.get(place) }));
}

function newestBreach({ guidelines }) {
  const open = guidelines.filter((line) => line.verdict === "breached");
  return largest(open.map((line) => line.evidence.findLast((item) => item.mark.word === "breaches")), (item) => [item.position]);
}

function sameChoice(one, other) {
  return Boolean(one && other) && one.scene === other.scene && one.choice === other.choice;
}

function protectedBy({ guidelines }, paid) {
  const kept = guidelines.filter((line) => line.verdict !== "breached").flatMap((line) => line.evidence);
  const good = kept.filter((item) => WEIGHTS[item.mark.word] > 0);
  const others = good.filter((item) => !sameChoice(item, paid));
  const best = largest(others.length ? others : good, (item) => [WEIGHTS[item.mark.word], -item.position]);
  return best && { text: best.mark.why, scene: best.scene, choice: best.choice, guideline: best.mark.guideline };
}

function paidWith(steps, { guidelines }) {
  const dear = steps.findLast((step) => step.cost);
  if (dear) return { text: dear.cost.text, scene: dear.scene, choice: dear.choice.id, person: dear.cost.person, guideline: "" };
  const bad = guidelines.flatMap((line) => line.evidence).filter((item) => WEIGHTS[item.mark.word] < 0);
  const worst = largest(bad, (item) => [-WEIGHTS[item.mark.word], -item.position]);
  return worst && { text: worst.mark.why, scene: worst.scene, choice: worst.choice, person: "", guideline: worst.mark.guideline };
}
