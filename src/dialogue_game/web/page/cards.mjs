// @ts-check
/** What coaching is made of: marks in words, references that open, verdicts. */
import { fill, verdictWords } from "../engine/compare_words.mjs";
import { disclosure, el, language, lines, outside, own, paragraphs, section, t } from "./dom.mjs";

const SIGNS = { models: "++", upholds: "+", strains: "−", breaches: "−−" };

/** The marks of a choice, each with its guideline and why. @param {any[]} marks @param {any} story */
export function markList(marks, story) {
  return el("ul", { class: "marks" }, marks.map((mark) => markItem(mark, story.guidelines[mark.guideline])));
}

function markItem(mark, guideline) {
  const word = el("span", { class: `mark ${mark.mark}` }, el("span", { "aria-hidden": "true" }, `${SIGNS[mark.mark]} `), mark.mark);
  const name = t("guideline", { number: guideline.number, short: guideline.short });
  return el("li", {}, disclosure([word, " ", name], paragraphs(guideline.text)), el("p", {}, mark.why));
}

/** References as disclosures. @param {any[]} references */
export function referenceList(references) {
  return el("ul", { class: "references" }, references.map((reference) => el("li", {}, referenceCard(reference))));
}

/** Symbol and provision, without saying the same thing twice. @param {any} reference */
export function referenceLabel({ symbol, provision }) {
  return !provision || provision === symbol ? symbol : `${symbol} · ${provision}`;
}

/** @param {any} reference */
export function referenceCard(reference) {
  const { title, summary, url, note, quote } = reference;
  const { verified } = language.words;
  return disclosure(
    [el("span", { class: "force" }, forceWord(reference)), ` ${referenceLabel(reference)}: ${title}`],
    paragraphs(summary),
    quote ? el("blockquote", {}, paragraphs(quote)) : null,
    note ? paragraphs(note) : null,
    el("p", { class: "muted" }, verified[reference.verified]),
    url ? el("p", {}, outside(url, url)) : null,
  );
}

/** How much a reference binds, in a word. @param {any} reference */
export function forceWord(reference) {
  const force = reference.force || (reference.binding ? "binding" : "guidance");
  return own(language.words.force, force) ?? force;
}

/** Everything that is said about a choice after it. @param {any} consequence @param {any} story */
export function coachingView(consequence, story) {
  const { marks, references, coaching, settled, defensible } = consequence;
  if (!marks.length && !references.length && !coaching && !settled) return null;
  return section(
    t("coaching"),
    marks.length ? markList(marks, story) : el("p", {}, t("no_marks")),
    defensible ? el("p", { class: "defensible" }, language.words.defensible) : null,
    coaching ? paragraphs(coaching) : null,
    settled ? el("p", {}, fill(language.words.settled, { settled })) : null,
    references.length ? [el("h3", {}, t("behind_it")), referenceList(references)] : null,
  );
}

/** A bar with its numbers in words beside it. @param {number} earned @param {number} atStake @param {string} label */
export function bar(earned, atStake, label) {
  if (!atStake) return el("span", { class: "muted" }, language.words.nothing_at_stake);
  return el(
    "span",
    { class: "measure" },
    el("meter", { min: 0, max: atStake, value: earned, "aria-label": label }),
    ` ${fill(language.words.earned, { earned, at_stake: atStake })}`,
  );
}

/** @param {any} line a guideline of a debrief */
export function verdict(line) {
  return el("span", { class: `verdict ${line.verdict.replace(/ /g, "-")}` }, verdictWords(language.words, line));
}

/** @param {any} contact */
export function contactItem({ name, address, email, phone, note }) {
  const where = [address, email, phone].filter(Boolean).join(" · ");
  return el("li", {}, el("b", {}, name), where ? [el("br"), where] : null, note ? [el("br"), el("span", { class: "muted" }, lines(note))] : null);
}
