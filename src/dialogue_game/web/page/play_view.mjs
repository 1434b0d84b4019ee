// @ts-check
/** Playing: a scene and its options, then what came of it. */
import { coachingView } from "./cards.mjs";
import { button, el, link, paragraphs, t } from "./dom.mjs";
import { exhibitView } from "./exhibits.mjs";

/** @typedef {import("./shell.mjs").App} App */

/** @param {App} app @param {string} id @returns {any} a view */
export function playView(app, id) {
  const player = app.playing(id);
  if (!player) return app.missing();
  if (player.reading) return consequenceView(app, player, player.reading);
  return player.run.ended ? endingView(app, player) : sceneView(app, player);
}

/** @param {App} app @param {import("./runs.mjs").Player} player */
function sceneView(app, player) {
  const situation = player.situation();
  const title = situation.title;
  return {
    later: () => { for (const taken of player.lookAhead()) consequenceView(app, player, taken); },
    title: `${title} · ${player.story.title}`,
    body: [
      overline(player.story, situation),
      el("h1", {}, title),
      situation.as ? el("p", { class: "as" }, t("as", { name: situation.as })) : null,
      player.parted ? el("p", { class: "notice", role: "status" }, t("two_tabs")) : null,
      situationBody(situation, app),
      situation.continue ? onward(app, player) : optionList(app, player, situation),
      el("div", { "data-later": true }),
    ],
  };
}

function overline(story, situation) {
  return el("p", { class: "overline" }, `${story.title} · ${t("decision", { number: situation.decision + 1 })}`);
}

/** What is read in a scene: exhibits that begin it, then the text, then the rest. */
export function situationBody(situation, app) {
  return [
    el("div", { class: "story-text" }, paragraphs(situation.text)),
    situation.exhibits.map((exhibit) => exhibitView(exhibit, app.course.pictures)),
  ];
}

function onward(app, player) {
  return el("p", {}, button(t("go_on"), () => { player.readOn(); app.show(); }, { class: "primary" }));
}

/** @param {App} app @param {import("./runs.mjs").Player} player @param {any} situation */
function optionList(app, player, situation) {
  if (!situation.options.length) return el("p", { class: "notice" }, t("not_written"));
  const choose = (id) => { player.choose(id); app.show(); };
  return el(
    "section",
    { "aria-labelledby": "options" },
    el("h2", { id: "options" }, t("what_do_you_do")),
    el("ol", { class: "options" }, situation.options.map((option) => optionItem(option, choose))),
  );
}

function optionItem(option, choose) {
  if (option.available) return el("li", {}, button(option.text, () => choose(option.id), { class: "option", "data-choice": option.id }));
  const why = el("small", {}, el("span", { "aria-hidden": "true" }, "🔒 "), t("locked", { why: option.locked }));
  return el("li", {}, el("div", { class: "option locked" }, option.text, el("br"), why));
}

/** @param {App} app @param {import("./runs.mjs").Player} player @param {any} taken */
function consequenceView(app, player, taken) {
  const { consequence, before, stake } = taken;
  const after = app.store.settings.coaching === "after";
  return {
    later: () => coachingView(consequence, player.story),
    title: `${t("what_came")} · ${player.story.title}`,
    body: [
      el("p", { class: "overline" }, `${before.title} · ${t("decision", { number: before.decision + 1 })}`),
      el("h1", {}, t("what_came")),
      el("blockquote", { class: "chosen" }, el("p", {}, el("span", { class: "muted" }, `${t("you_chose")} `), consequence.choice_text)),
      el("div", { class: "story-text" }, paragraphs(consequence.text)),
      after && el("div", { "data-later": true }),
      after || !stake.at_stake ? null : el("p", { class: "muted" }, t("coaching_later")),
      el("p", { class: "onward" }, button(player.run.ended ? t("to_the_end") : t("go_on"), () => { player.goOn(); app.show(); }, { class: "primary" })),
    ],
  };
}

/** @param {App} app @param {import("./runs.mjs").Player} player */
function endingView(app, player) {
  const situation = player.situation();
  return {
    title: `${situation.title} · ${player.story.title}`,
    body: [
      el("p", { class: "overline" }, `${player.story.title} · ${t("ending")}`),
      el("h1", {}, situation.title),
      el("div", { class: `story-text ending ${situation.ending.kind}` }, paragraphs(situation.text)),
      el("p", { class: "onward" }, link(t("look_back"), `#/debrief/${player.id}`, { class: "primary button" })),
    ],
  };
}
