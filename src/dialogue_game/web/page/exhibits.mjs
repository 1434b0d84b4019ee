// @ts-check
/** Exhibits that look like what they are, and read in the order in which a person reads them. */
import { disclosure, el, language, lines, own, paragraphs, t } from "./dom.mjs";

/** @typedef {{id: string, kind: string, alt: string, fields: Record<string, string>,
 *   items?: Record<string, string>[], details: {id: string, look: string, text: string}[]}} Exhibit */

const PICTURED = new Set(["photo", "video"]);

/** @param {Exhibit} exhibit @param {Record<string, string>} pictures by file name */
export function exhibitView(exhibit, pictures) {
  const draw = own(KINDS, exhibit.kind) ?? plainKind;
  const label = el("p", { class: "kind" }, exhibitName(exhibit));
  const glance = exhibit.alt && !PICTURED.has(exhibit.kind) ? el("p", { class: "unseen" }, t("glance", { alt: exhibit.alt })) : null;
  return el(
    "div",
    { class: `exhibit ${exhibit.kind}`, role: "group", "aria-label": exhibitName(exhibit) },
    label,
    glance,
    el("div", { class: "sheet" }, draw(exhibit, pictures)),
    exhibit.details.map((detail) => disclosure([el("b", {}, t("look_closer")), ` ${detail.look}`], paragraphs(detail.text))),
  );
}

/** What an exhibit is called: its kind, and where it stands. @param {Exhibit} exhibit */
export function exhibitName({ kind, fields }) {
  const name = own(language.words.exhibits, kind) ?? kind;
  return fields.platform ? t("on_platform", { kind: name, platform: fields.platform }) : name;
}

/** @param {string} name */
function fieldLabel(name) {
  return own(language.words.fields, name) ?? name;
}

/** A list of labelled lines. @param {Record<string, string>} fields @param {string[]} names */
function head(fields, names) {
  const rows = names.filter((name) => fields[name]).map((name) => [el("dt", {}, fieldLabel(name)), el("dd", {}, lines(fields[name]))]);
  return rows.length ? el("dl", { class: "head" }, rows) : null;
}

/** The first letters of a name, as a picture stands in for. @param {string} name */
function avatar(name) {
  const letters = name.replace(/^@/, "").split(/\s+/).slice(0, 2).map((word) => word[0] ?? "").join("");
  return el("span", { class: `avatar hue${[...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6}`, "aria-hidden": "true" }, letters.toUpperCase());
}

/** @param {Exhibit} exhibit @param {Record<string, string>} pictures */
function picture(exhibit, pictures) {
  const address = own(pictures, exhibit.fields.file ?? "");
  if (address) return el("img", { src: address, alt: exhibit.alt, decoding: "async" });
  return exhibit.alt ? el("p", { class: "no-picture" }, exhibit.alt) : null;
}

/** Who wrote it and when. @param {Record<string, string>} item */
function byline(item) {
  const name = item.author ?? item.from ?? item.name ?? "";
  const small = [item.handle, item.time, item.audience].filter(Boolean);
  return el(
    "p",
    { class: "byline" },
    avatar(name),
    el("span", {}, el("b", {}, name), small.length ? [" ", el("small", {}, small.join(" · "))] : null),
  );
}

/** Likes and the like, each with its word. @param {Record<string, string>} item @param {string[]} names */
function counts(item, names) {
  const shown = names.filter((name) => item[name]);
  if (!shown.length) return null;
  return el("ul", { class: "counts" }, shown.map((name) => el("li", {}, el("b", {}, item[name]), ` ${fieldLabel(name).toLowerCase()}`)));
}

function email({ fields }) {
  const { body = "", signature = "", banner = "" } = fields;
  return [
    el("div", { class: "mail-head" }, avatar(fields.from ?? ""), el("div", {}, el("p", { class: "subject" }, fields.subject ?? ""), head(fields, ["from", "to", "cc", "date"]))),
    paragraphs(body),
    signature && el("div", { class: "signature" }, el("span", { class: "unseen" }, `${fieldLabel("signature")}: `), lines(signature.trim())),
    banner && el("p", { class: "banner" }, el("span", { class: "unseen" }, `${fieldLabel("banner")}: `), banner),
  ];
}

function chat({ fields, items = [] }) {
  const sides = [...new Set(items.map((item) => item.from ?? ""))];
  return [
    fields.title && el("p", { class: "bar" }, fields.title),
    el("ol", { class: "bubbles" }, items.map((item) => bubble(item, sides))),
  ];
}

function bubble(item, sides) {
  const mine = /^you$/i.test(item.from ?? "") || (sides.length === 2 && sides.indexOf(item.from ?? "") === 1);
  return el("li", { class: mine ? "mine" : "theirs" }, el("b", {}, item.from ?? ""), " ", el("span", {}, lines(item.text ?? "")), item.time ? el("small", {}, ` ${item.time}`) : null);
}

function profileCard(exhibit, pictures) {
  const { fields } = exhibit;
  return [
    el("div", { class: "cover-band", "aria-hidden": "true" }),
    el("p", { class: "who" }, avatar(fields.name ?? fields.handle ?? ""), el("span", {}, el("b", {}, fields.name ?? ""), " ", el("small", {}, fields.handle ?? ""))),
    paragraphs(fields.bio ?? ""),
    head(fields, ["affiliation", "link", "privacy"]),
    counts(fields, ["posts", "followers"]),
    picture({ ...exhibit, alt: "" }, pictures),
  ];
}

function post(exhibit, pictures) {
  const { fields } = exhibit;
  return [
    byline(fields),
    paragraphs(fields.text ?? ""),
    fields.file ? picture(exhibit, pictures) : null,
    fields.tags && el("p", { class: "tags" }, fields.tags),
    counts(fields, ["likes", "comments", "shares"]),
  ];
}

function thread({ fields, items = [] }) {
  return [
    fields.title && el("p", { class: "bar" }, fields.title),
    el("ol", { class: "posts" }, items.map((item) => el("li", {}, byline(item), paragraphs(item.text ?? ""), item.tags && el("p", { class: "tags" }, item.tags), counts(item, ["likes", "shares"])))),
  ];
}

function photo(exhibit, pictures) {
  const { caption, credit, time, place } = exhibit.fields;
  const below = [place, time].filter(Boolean).join(" · ");
  const words = [caption, below && el("small", {}, below), credit && el("small", {}, `${fieldLabel("credit")}: ${credit}`)].filter(Boolean);
  return el("figure", {}, picture(exhibit, pictures), words.length ? el("figcaption", {}, words.flatMap((part, at) => (at ? [el("br"), part] : [part]))) : null);
}

function video(exhibit, pictures) {
  const { author, title, caption, duration } = exhibit.fields;
  return el(
    "figure",
    {},
    el("div", { class: "screen" }, picture(exhibit, pictures), el("span", { class: "play", "aria-hidden": "true" }, "▶"), duration && el("small", { class: "duration" }, duration)),
    el("figcaption", {}, title && el("b", {}, title), title && author && " · ", author, caption ? paragraphs(caption) : null),
  );
}

function memo({ fields }) {
  return [head(fields, ["from", "to", "date", "subject"]), paragraphs(fields.body ?? "")];
}

function headline({ fields }) {
  const { outlet, date, title, text = "" } = fields;
  return [el("p", { class: "masthead" }, el("b", {}, outlet ?? ""), date ? el("small", {}, date) : null), el("p", { class: "title" }, title ?? ""), paragraphs(text)];
}

function web({ fields }) {
  const { address, title, body = "", footer } = fields;
  return [
    el("p", { class: "address" }, el("span", { class: "unseen" }, `${fieldLabel("address")}: `), address ?? ""),
    title && el("p", { class: "title" }, title),
    paragraphs(body),
    footer && el("p", { class: "page-foot" }, footer),
  ];
}

function noteSheet({ fields }) {
  return [fields.title && el("p", { class: "title" }, fields.title), paragraphs(fields.body ?? ""), fields.author && el("p", { class: "signed" }, `– ${fields.author}`)];
}

function plainKind(exhibit, pictures) {
  const names = Object.keys(exhibit.fields).filter((name) => name !== "file" && name !== "platform");
  return [picture(exhibit, pictures), head(exhibit.fields, names)];
}

const KINDS = { email, chat, profile: profileCard, post, thread, photo, video, memo, headline, web, note: noteSheet };
