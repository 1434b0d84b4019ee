// @ts-check
/** Elements made of plain text: nothing that a story says is ever read as markup. */
import { fill } from "../engine/compare_words.mjs";

// Control codes, line separators and what overrides direction; isolates and marks stay.
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\ufeff]/g;

/** @param {any} text */
export function safe(text) {
  return String(text).replace(UNSAFE, "").toWellFormed?.() ?? String(text).replace(UNSAFE, "");
}

/** What a table holds under a name, and never what every object has. @param {any} table @param {string} name */
export function own(table, name) {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** An element with attributes (`on` holds listeners), and children: elements, texts, nothing.
 * @param {string} tag @param {Record<string, any>} attributes @param {...any} children
 * @returns {HTMLElement} */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [kind, act] of Object.entries(value)) made.addEventListener(kind, act);
    else made.setAttribute(name, value === true ? "" : safe(value));
  }
  append(made, children);
  return made;
}

/** @param {HTMLElement} parent @param {any[]} children */
export function append(parent, children) {
  for (const child of children.flat(9)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.append(child instanceof Node ? child : safe(child));
  }
}

/** The paragraphs of a text, which blank lines part; single line ends stay.
 * @param {string} text @param {Record<string, any>} attributes */
export function paragraphs(text, attributes = {}) {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part) => el("p", attributes, lines(part.trim())));
}

/** @param {string} text */
export function lines(text) {
  return text.split("\n").flatMap((line, at) => (at ? [el("br"), line] : [line]));
}

/** @param {string} label @param {(event: Event) => void} act @param {Record<string, any>} attributes */
export function button(label, act, attributes = {}) {
  return el("button", { type: "button", ...attributes, on: { click: act } }, label);
}

/** @param {string} label @param {string} to @param {Record<string, any>} attributes */
export function link(label, to, attributes = {}) {
  return el("a", { href: to, ...attributes }, label);
}

/** An address outside, where it is one that a browser may follow.
 * @param {string} label @param {string} url */
export function outside(label, url) {
  if (!/^https:\/\//.test(url)) return el("span", {}, label);
  return el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, label);
}

/** @param {any} summary @param {...any} children */
export function disclosure(summary, ...children) {
  return el("details", {}, el("summary", {}, summary), el("div", { class: "inside" }, ...children));
}

/** @param {string} title @param {...any} children */
export function section(title, ...children) {
  const id = `s-${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-")}`;
  return el("section", { "aria-labelledby": id }, el("h2", { id }, title), ...children);
}

/** Hand a text to the person as a file. @param {string} name @param {string} text @param {string} kind */
export function download(name, text, kind = "application/json") {
  const url = URL.createObjectURL(new Blob([text], { type: kind }));
  const made = el("a", { href: url, download: name, hidden: true });
  document.body.append(made);
  made.click();
  made.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** The words of the page, put here once by the shell. @type {{words: any}} */
export const language = { words: { page: {} } };

/** A sentence of the page. @param {string} key @param {Record<string, any>} values */
export function t(key, values = {}) {
  return fill(own(language.words.page, key) ?? key, values);
}
