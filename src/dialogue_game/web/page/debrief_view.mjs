// @ts-check
/** The look back: about you, what if, the path, the guidelines, questions, Monday. */
import { bar, coachingView, contactItem, markList, referenceList, verdict } from "./cards.mjs";
import { worth } from "../engine/profile.mjs";
import { fill } from "../engine/compare_words.mjs";
import { button, disclosure, download, el, language, link, paragraphs, section, t } from "./dom.mjs";
import { runFile } from "./run_files.mjs";

/** @typedef {import("./shell.mjs").App} App
 * @typedef {import("./runs.mjs").Player} Player */

/** @param {App} app @param {string} id "file" for a run that was opened from one: it is only read */
export function debriefView(app, id) {
  const visits = id === "file";
  const player = visits ? app.visitor && app.runs.visiting(app.visitor) : app.runs.open(id);
  if (!player) return app.missing();
  const look = player.debrief();
  const scored = player.story.kind === "scenario";
  return {
    title: `${t("look_back")} · ${player.story.title}`,
    body: [
      el("p", { class: "overline" }, `${player.story.title} · ${t("look_back")}`),
      el("h1", {}, look.ending ? look.ending.title : t("under_way")),
      ...aboutYouView(look, player),
      visits ? null : whatIf(app, player, look),
      path(app, player, look, visits),
      scored ? overall(look) : null,
      scored ? guidelines(player, look) : null,
      questions(player, look),
      visits ? null : monday(app, player, look),
      visits ? null : reading(app, look),
      visits ? el("p", { class: "actions" }, link(t("my_runs"), "#/runs", { class: "button" })) : next(app, player),
    ],
  };
}

function overall(look) {
  const { earned, at_stake, percent } = look.overall;
  return section(
    t("overall"),
    el("p", { class: "big" }, bar(earned, at_stake, t("overall")), percent === null ? null : ` · ${percent} %`),
    el("p", { class: "muted" }, language.words.adding_up),
    look.status === "reviewed" ? null : el("p", { class: "muted" }, t("drafted")),
  );
}

/** The run as a story about its player, each passage under its title. */
function aboutYouView(look, player) {
  const at = ({ scene, choice }) => {
    const step = player.steps.findLast((one) => one.scene === scene && one.choice.id === choice);
    return quoted(step.consequence.choice_text);
  };
  const passage = (title, found, words) => {
    const told = found.filter(Boolean);
    return told.length ? section(t(title), told.map((one) => el("p", {}, el("b", {}, at(one)), ` ${words(one)}`))) : null;
  };
  return [
    look.pattern.text ? section(t("pattern"), paragraphs(look.pattern.text)) : null,
    passage("moments", look.moments, (one) => one.why),
    passage("protected", [look.protected], (one) => one.text),
    passage("paid", [look.paid], (one) => one.text),
  ];
}

/** Options that no run has tried, those first that weigh most differently. @param {App} app @param {Player} player */
function whatIf(app, player, look) {
  if (!look.ending) return null;
  const untried = untriedOptions(app, player);
  if (!untried.length) return section(t("what_if"), el("p", {}, t("all_tried")));
  const offer = ({ step, option, text, reason }) =>
    el(
      "li",
      {},
      el("p", {}, el("b", {}, step.before.title), ` · ${fill(language.words.what_if.question, { option: text.replace(/\.+$/, "") })}`),
      el("p", { class: "muted" }, reason),
      button(t("take_it"), () => app.replay(player.id, step.position, { scene: step.scene, option }), { "aria-label": `${t("take_it")}: ${text}` }),
    );
  return section(t("what_if"), el("ul", { class: "cards" }, untried.slice(0, 3).map(offer)));
}

/** The weightiest untried option of each decision that has one, by the marks. @param {App} app @param {Player} player */
function untriedOptions(app, { story, steps }) {
  const mine = app.runs.own(story.id).filter((run) => app.runs.current(run)).flatMap((run) => run.choices);
  const taken = steps.map((step) => ({ scene: step.scene, choice: step.choice.id }));
  const tried = new Set([...mine, ...taken].map((made) => `${made.scene}.${made.choice}`));
  const found = steps.flatMap((step) => {
    const differs = (option) => Math.abs(worth(option) - worth(step.choice));
    const left = step.offered.filter((option) => !tried.has(`${step.scene}.${option.id}`)).sort((one, other) => differs(other) - differs(one));
    if (!left.length) return [];
    const [{ id, marks = [] }] = left;
    const names = [...new Set([...marks, ...(step.choice.marks ?? [])].map((mark) => mark.guideline))].sort().map((one) => story.guidelines[one].short);
    const { never_seen: neverSeen, touches } = language.words.what_if;
    const reason = [neverSeen, names.length ? fill(touches, { guidelines: names.join(", ") }) : ""].join(" ").trim();
    return [{ step, option: id, text: step.before.options.find((one) => one.id === id).text, reason, weight: differs(left[0]) }];
  });
  return found.sort((one, other) => other.weight - one.weight);
}

/** @param {App} app @param {Player} player */
function path(app, player, look, visits) {
  const one = (step) =>
    el(
      "li",
      {},
      disclosure(
        [el("b", {}, step.before.title), ` – ${step.consequence.choice_text}`],
        paragraphs(step.consequence.text),
        step.stake.at_stake ? el("p", {}, bar(step.stake.earned, step.stake.at_stake, step.before.title)) : null,
        step.consequence.marks.length ? markList(step.consequence.marks, player.story) : null,
        app.store.settings.coaching === "end" ? coachingView({ ...step.consequence, marks: [] }, player.story) : null,
        step.consequence.references.length ? referenceList(step.consequence.references) : null,
        look.ending && !visits ? el("p", {}, button(t("play_from_here"), () => app.replay(player.id, step.position))) : null,
      ),
    );
  return section(t("path"), el("ol", { class: "path" }, player.steps.map(one)));
}

function guidelines(player, look) {
  const evidence = (line) =>
    line.evidence.map((item) => el("li", {}, el("b", {}, item.mark), ` · ${player.story.scenes[item.scene].title}: ${item.why}`));
  const row = (line) => {
    const known = player.story.guidelines[line.id];
    return el(
      "li",
      {},
      el("h3", {}, t("guideline", { number: known.number, short: known.short })),
      el("p", {}, verdict(line), " · ", bar(line.earned, line.at_stake, known.short)),
      line.evidence.length ? disclosure(t("why"), paragraphs(known.text), el("ul", {}, evidence(line))) : null,
    );
  };
  return section(t("guidelines"), el("ul", { class: "profile-lines" }, look.guidelines.map(row)));
}

function questions(player, look) {
  const list = (ids) => el("ul", {}, ids.map((id) => el("li", {}, player.story.questions[id])));
  const all = [...look.questions.asked, ...look.questions.others];
  const others = all.splice(3);
  if (!all.length) return null;
  return section(t("questions"), list(all), others.length ? disclosure(t("questions_others"), list(others)) : null);
}

/** One line of the player's own. @param {App} app @param {Player} player */
function monday(app, player, look) {
  const field = el("input", { id: "monday", maxlength: 300, value: look.reflection, autocomplete: "off" });
  const said = el("p", { role: "status" });
  const keep = (event) => {
    event.preventDefault();
    player.reflect(/** @type {HTMLInputElement} */ (field).value);
    said.textContent = t("kept");
  };
  return section(
    t("monday"),
    el("form", { on: { submit: keep } }, el("label", { for: "monday" }, t("monday_line")), field, el("button", { type: "submit" }, t("keep"))),
    said,
  );
}

/** @param {App} app */
function reading(app, look) {
  const { contacts = [], disclaimer, law_as_of: asOf } = app.course;
  const law = [disclaimer, asOf].filter(Boolean);
  return [
    contacts.length ? section(t("whom_to_ask"), el("ul", {}, contacts.map(contactItem))) : null,
    look.resources.length ? section(t("read_on"), referenceList(look.resources)) : null,
    law.length ? section(language.words.law, law.map((text) => el("p", {}, text))) : null,
  ];
}

/** @param {App} app @param {Player} player */
function next(app, player) {
  const save = () => download(`${player.story.id}-${player.id}.json`, JSON.stringify(runFile(player.kept, player.story)));
  const before = player.kept.branched_from;
  return section(
    t("what_next"),
    el(
      "p",
      { class: "actions" },
      button(t("again"), () => app.begin(player.story.id), { class: "primary" }),
      before && app.store.runs.has(before) ? link(t("compare_before"), `#/compare/${before}/${player.id}`, { class: "button" }) : null,
      link(t("my_runs"), "#/runs", { class: "button" }),
      link(t("my_map"), `#/map/${player.story.id}`, { class: "button" }),
      button(t("save_run"), save),
      button(t("print"), () => window.print()),
      link(t("home"), "#/", { class: "button" }),
    ),
  );
}
