// @ts-check
/** The course around the stories: Home, guidelines, about, settings, certificate. */
import { contactItem, referenceList } from "./cards.mjs";
import { button, disclosure, el, language, link, outside, own, paragraphs, section, t } from "./dom.mjs";
import { day } from "./explore_views.mjs";
import { transferCard } from "./transfer.mjs";

/** @typedef {import("./shell.mjs").App} App */

/** @param {App} app */
export function homeView(app) {
  const { course } = app;
  return {
    later: (main) => { for (const place of main.querySelectorAll("[data-cover]")) place.replaceWith(coverOf(app, place.dataset.cover)); },
    title: "",
    body: [
      el("h1", {}, course.title),
      el("p", { class: "lead" }, course.summary ?? ""),
      el("ul", { class: "cards stories" }, course.entries.map((entry) => storyCard(app, entry))),
      transferCard(app),
      course.notice ? el("p", { class: "muted" }, course.notice) : null,
    ],
  };
}

/** A story's cover, which comes when the words stand. */
function coverOf(app, id) {
  const { cover } = app.runs.story(id);
  return el("img", { class: "cover", src: own(app.course.pictures, cover.file), alt: cover.alt, decoding: "async" });
}

function storyCard(app, entry) {
  const story = app.runs.story(entry.id);
  if (!story) return el("li", { class: "card coming" }, el("div", { class: "words" }, el("h2", {}, entry.title), el("p", {}, t("coming"))));
  const paused = app.runs.paused(entry.id);
  const found = app.runs.endingsFound(entry.id).size;
  const total = Object.keys(story.endings).length;
  const name = (label) => ({ "aria-label": `${label}: ${entry.title}` });
  return el(
    "li",
    { class: `card ${entry.kind}` },
    story.cover && own(app.course.pictures, story.cover.file) ? el("div", { class: "cover", "data-cover": entry.id }) : null,
    el(
      "div",
      { class: "words" },
      el("p", { class: "overline" }, [t(`kind_${entry.kind}`), entry.minutes ? t("minutes", { count: entry.minutes }) : ""].filter(Boolean).join(" · ")),
      el("h2", {}, entry.title),
      paragraphs(entry.summary ?? ""),
      entry.kind === "scenario" ? el("p", { class: "progress" }, el("progress", { max: total, value: found, "aria-label": t("endings_found", { found, total }) }), ` ${t("endings_found", { found, total })}`) : null,
      el(
        "p",
        { class: "actions" },
        paused ? link(t("go_on_at", { count: paused.choices.length }), `#/play/${paused.id}`, { class: "primary button", ...name(t("go_on")) }) : null,
        button(found || paused ? t("again") : t("begin"), () => app.begin(entry.id), { class: paused ? "" : "primary", "data-story": entry.id, ...name(found || paused ? t("again") : t("begin")) }),
        found || paused ? link(t("my_map"), `#/map/${entry.id}`, { class: "button", ...name(t("my_map")) }) : null,
      ),
    ),
  );
}

/** @param {App} app */
export function guidelinesView(app) {
  const known = Object.values(app.course.guidelines);
  const references = Object.values(app.course.references);
  const behind = (id) => references.filter((reference) => reference.guidelines?.includes(id));
  return {
    title: t("guidelines"),
    body: [
      el("h1", {}, t("guidelines")),
      el("ol", { class: "guidelines" }, known.map((one) => el("li", { value: one.number }, el("h2", {}, one.short), paragraphs(one.text), behind(one.id).length ? disclosure(t("behind_it"), referenceList(behind(one.id))) : null))),
    ],
  };
}

/** @param {App} app */
export function aboutView(app) {
  const { course } = app;
  const cited = (ids = []) => ids.map((id) => course.references[id]).filter(Boolean);
  const list = (title, ids) => (cited(ids).length ? section(title, referenceList(cited(ids))) : null);
  const questions = course.entries.filter((entry) => entry.question);
  const law = [course.disclaimer, course.law_as_of].filter(Boolean);
  return {
    title: t("about"),
    body: [
      el("h1", {}, t("about")),
      paragraphs(course.welcome ?? ""),
      questions.length ? section(t("questions_opened"), el("ul", {}, questions.map((entry) => el("li", {}, `${entry.title}: ${entry.question}`)))) : null,
      (course.steps ?? []).map((step, at) => section(t("step", { number: at + 1, title: step.title }), paragraphs(step.text))),
      list(t("pre_reading"), course.pre_reading),
      course.contacts?.length ? section(t("whom_to_ask"), el("ul", {}, course.contacts.map(contactItem))) : null,
      list(t("read_on"), course.further),
      course.diagram ? section(course.diagram.title, paragraphs(course.diagram.text)) : null,
      course.evaluation ? section(course.evaluation.title, paragraphs(course.evaluation.instructions), el("p", {}, outside(course.evaluation.url, course.evaluation.url)), course.evaluation.note ? paragraphs(course.evaluation.note) : null) : null,
      law.length || course.changes?.length ? section(language.words.law, law.map((text) => paragraphs(text)), course.changes?.length ? el("ul", {}, course.changes.map((change) => el("li", {}, `${change.since}: ${change.text}`))) : null) : null,
      section(t("good_to_know"), [course.guide_note, course.video_note, course.notice].filter(Boolean).map((text) => paragraphs(text)), el("p", {}, t("privacy"))),
    ],
  };
}

/** @param {App} app */
export function settingsView(app) {
  const { settings } = app.store;
  const choice = (name, values) => {
    const set = (event) => { settings[name] = event.target.value; app.store.write(); app.dress(); };
    const options = values.map((value) => el("option", { value, selected: settings[name] === value }, t(`${name}_${value}`)));
    return el("p", {}, el("label", { for: name }, t(name)), el("select", { id: name, on: { change: set } }, options));
  };
  const forget = () => {
    if (!window.confirm(t("forget_sure"))) return;
    app.store.forgetEverything();
    app.players.clear();
    app.dress();
    app.go("#/");
    app.show();
  };
  return {
    title: t("settings"),
    body: [
      el("h1", {}, t("settings")),
      choice("theme", ["auto", "light", "dark"]),
      choice("coaching", ["after", "end"]),
      choice("transfer", ["on", "off"]),
      section(t("what_is_kept"), el("p", {}, t("privacy")), button(t("forget"), forget, { class: "danger" })),
    ],
  };
}

/** Which scenarios were brought to an end: no results, and nobody endorses it. @param {App} app */
export function certificateView(app) {
  const first = (entry) => app.runs.own(entry.id).filter((run) => run.ended && app.runs.current(run)).sort((one, other) => one.ended - other.ended)[0];
  const done = app.course.entries.filter((entry) => entry.kind === "scenario").map((entry) => [entry, first(entry)]).filter(([, run]) => run);
  const name = el("p", { class: "name" }, "______________________________");
  const field = el("input", { id: "name", autocomplete: "off", maxlength: 100, on: { input: () => { name.textContent = /** @type {any} */ (field).value || "______________________________"; } } });
  const row = ([entry, run]) => el("tr", {}, el("th", { scope: "row" }, entry.title), el("td", {}, day(run.ended)), el("td", {}, run.id), el("td", { class: "digest" }, run.edition));
  const table = el("table", {}, el("caption", {}, t("certificate_scenarios")), el("thead", {}, el("tr", {}, ["scenario", "completed_on", "run", "edition"].map((key) => el("th", { scope: "col" }, t(key))))), el("tbody", {}, done.map(row)));
  return {
    title: t("certificate"),
    body: [
      el("h1", {}, t("certificate")),
      done.length
        ? [el("p", { class: "no-print" }, el("label", { for: "name" }, t("certificate_name")), field), name, el("p", {}, t("certificate_says", { title: app.course.title })), el("div", { class: "wide", tabindex: 0, role: "region", "aria-label": t("certificate_scenarios") }, table), el("p", { class: "muted" }, t("certificate_note")), el("p", {}, button(t("print"), () => window.print(), { class: "primary no-print" }))]
        : el("p", {}, t("certificate_none")),
    ],
  };
}
