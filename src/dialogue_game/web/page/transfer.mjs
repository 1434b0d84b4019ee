// @ts-check
/** One new situation for the guideline that was weakest, asked at a later visit; never scored. */
import { fill } from "../engine/compare_words.mjs";
import { button, el, language, paragraphs, section, t } from "./dom.mjs";

/** @typedef {import("./shell.mjs").App} App */

const LOOKED_AT = 12;
const REST = 20 * 60 * 60 * 1000;

/** The question for this visit, or null: none is due, or they are turned off. @param {App} app */
export function dueTransfer(app) {
  if (app.store.settings.transfer === "off") return null;
  const ended = app.runs.own().filter((run) => run.ended && run.ended < app.began && app.runs.current(run));
  const results = ended.slice(0, LOOKED_AT).map((run) => app.runs.result(run)).filter((one) => one?.walked.story.kind === "scenario");
  for (const { id } of weakestFirst(results)) {
    const due = itemsOn(results, id).filter(({ key }) => (app.store.asked[key] ?? 0) <= app.began - REST);
    if (due.length) return due.reduce((one, other) => ((app.store.asked[other.key] ?? 0) < (app.store.asked[one.key] ?? 0) ? other : one));
  }
  return null;
}

/** The guidelines that fell short of what was at stake, the lowest share first. @param {any[]} results */
function weakestFirst(results) {
  /** @type {Map<string, {id: string, earned: number, at_stake: number}>} */
  const totals = new Map();
  for (const { scores } of results) {
    for (const { id, stake } of scores.guidelines) {
      const known = totals.get(id) ?? { id, earned: 0, at_stake: 0 };
      totals.set(id, { id, earned: known.earned + stake.earned, at_stake: known.at_stake + stake.at_stake });
    }
  }
  const share = (one) => one.earned / one.at_stake;
  return [...totals.values()].filter((one) => one.earned < one.at_stake).sort((one, other) => share(one) - share(other) || other.at_stake - one.at_stake);
}

/** The items on a guideline, each once. @param {any[]} results @param {string} guideline */
function itemsOn(results, guideline) {
  const stories = new Set(results.map((one) => one.walked.story));
  return [...stories].flatMap((story) =>
    Object.entries(story.transfer ?? {})
      .filter(([, item]) => item.guideline === guideline)
      .map(([id, item]) => ({ key: `${story.id}.${id}`, story, item })),
  );
}

/** The question with its answers; nothing where none is due. @param {App} app */
export function transferCard(app) {
  app.due = app.due === undefined ? dueTransfer(app) : app.due;
  if (!app.due) return null;
  const { key, story, item } = app.due;
  const { number, short } = story.guidelines[item.guideline];
  const answers = el("div", {});
  const said = el("div", { role: "status" });
  const close = () => { app.store.noteAsked(key); app.due = null; };
  const answer = ({ sound, why }) => { close(); answers.remove(); said.append(el("p", {}, fill(language.words.comes_of, { why, soundness: language.words.soundness[String(Boolean(sound))] }))); };
  answers.append(
    el("ul", { class: "options" }, item.options.map((option) => el("li", {}, button(option.text, () => answer(option), { class: "option" })))),
    button(t("skip_question"), () => { close(); app.show(); }),
  );
  return section(t("transfer_title"), el("p", { class: "muted" }, t("transfer_from", { number, short, title: story.title })), paragraphs(item.situation), answers, said);
}
