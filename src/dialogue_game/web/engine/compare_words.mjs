// @ts-check
/** What a comparison says in words, from the templates that the Python pages use, too. */
import { percent } from "./profile.mjs";

/** Fill `{name}` in a template; nothing in the values is read again.
 * @param {string} template @param {Record<string, any>} values */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}

/** A label in quotes, with a full stop where it ends in none. @param {string} text */
export function quoted(text) {
  const label = text.trim().split(/\s+/).join(" ");
  return `“${/[.!?…]$/.test(label) ? label : `${label}.`}”`;
}

/** @param {string} word */
function capital(word) {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Where two runs part, in one sentence.
 * @param {any} words @param {string} parting @param {any} row @param {string} left @param {string} right */
export function partingWords(words, parting, row, left, right) {
  const says = words.compare;
  const [first, second] = [words.walkers[left], words.walkers[right]];
  if (!row) return parting === "same road" ? says.same_run : says.same_run_other_ending;
  if (row.left && row.right) {
    return fill(says.another_choice, {
      first: capital(first),
      second,
      left: choiceOf(row.left),
      right: choiceOf(row.right),
    });
  }
  if (parting !== "one stopped") return says.another_place;
  const step = row.left ?? row.right;
  const template = row.right ? says.first_stopped : says.other_stopped;
  return fill(template, { walker: row.right ? second : first, choice: choiceOf(step) });
}

/** @param {any} step */
function choiceOf(step) {
  return quoted(step.consequence.choice_text);
}

/** One guideline on both runs. @param {any} words @param {any} left @param {any} right */
export function guidelineDifferences(words, left, right) {
  const known = { ...right.story.guidelines, ...left.story.guidelines };
  const here = byId(left.profile.guidelines);
  const there = byId(right.profile.guidelines);
  return Object.entries(known)
    .sort((one, other) => one[1].number - other[1].number)
    .map(([id, guideline]) => {
      const [mine, theirs] = [here.get(id), there.get(id)];
      const differs = !mine || !theirs || !sameResult(mine, theirs);
      const said = guidelineWords(words, guideline, mine, theirs, differs);
      return { id, differs, said, left: sideData(mine), right: sideData(theirs) };
    });
}

function byId(results) {
  return new Map(results.map((result) => [result.id, result]));
}

function sameResult(one, other) {
  return (
    one.verdict === other.verdict &&
    one.repaired === other.repaired &&
    one.stake.earned === other.stake.earned &&
    one.stake.at_stake === other.stake.at_stake
  );
}

function guidelineWords(words, guideline, left, right, differs) {
  const says = words.compare;
  const values = {
    number: guideline.number,
    short: guideline.short,
    left: resultWords(words, left),
    right: resultWords(words, right),
  };
  return fill(differs ? says.guideline_differs : says.guideline_same, values);
}

function resultWords(words, result) {
  if (!result) return words.compare.no_guideline;
  const verdict = verdictWords(words, result);
  const { earned, at_stake } = result.stake;
  return at_stake ? `${verdict} (${fill(words.earned, { earned, at_stake })})` : verdict;
}

/** The verdict as a person would say it. @param {any} words @param {any} result */
export function verdictWords(words, result) {
  return result.repaired ? words.repaired : words.verdicts[result.verdict];
}

function sideData(result) {
  if (!result) return null;
  const { verdict, repaired, stake } = result;
  return { verdict, repaired, earned: stake.earned, at_stake: stake.at_stake, percent: percent(stake) };
}
