// @ts-check
/** A room without the program: one scenario on a projector, votes counted blind until the reveal. */
import { coachingView } from "./cards.mjs";
import { button, el, link, paragraphs, t } from "./dom.mjs";
import { situationBody } from "./play_view.mjs";

/** @typedef {import("./shell.mjs").App} App */

/** What one decision has come to in the room. */
class Ballot {
  constructor() {
    /** @type {Map<string, number>} */
    this.counts = new Map();
    this.revealed = false;
  }

  /** @param {string} id @param {number} by */
  add(id, by) {
    this.counts.set(id, Math.max(0, (this.counts.get(id) ?? 0) + by));
  }

  get cast() {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  most() {
    return Math.max(0, ...this.counts.values());
  }
}

/** @param {App} app @param {string} id */
export function presentView(app, id) {
  if (!id) return chooseStory(app);
  const player = app.playing(id);
  if (!player) return app.missing();
  if (player.reading) return presentedConsequence(app, player);
  const situation = player.situation();
  const ballot = (player.ballot ??= new Ballot());
  return {
    title: `${situation.title} · ${player.story.title}`,
    present: true,
    body: [
      el("p", { class: "overline" }, `${player.story.title} · ${situation.ending ? t("ending") : t("decision", { number: situation.decision + 1 })}`),
      el("h1", {}, situation.title),
      situation.as ? el("p", { class: "as" }, t("as", { name: situation.as })) : null,
      situationBody(situation, app),
      situation.continue ? el("p", {}, button(t("go_on"), () => { player.readOn(); app.show(); }, { class: "primary" })) : null,
      situation.options.length ? vote(app, player, situation, ballot) : null,
      situation.ending ? el("p", { class: "actions" }, link(t("look_back"), `#/debrief/${player.id}`, { class: "primary button" }), link(t("present"), "#present", { class: "button" })) : null,
    ],
  };
}

function chooseStory(app) {
  const start = (entry) => { const player = app.runs.begin(entry.id, { group: true, seed: 0 }); app.players.set(player.id, player); app.go(`#present/${player.id}`); };
  return {
    title: t("present"),
    present: true,
    body: [
      el("h1", {}, t("present")),
      el("p", {}, t("present_says")),
      el("ul", { class: "cards" }, app.course.entries.filter((entry) => app.runs.story(entry.id)).map((entry) => el("li", {}, button(entry.title, () => start(entry), { class: "primary" })))),
    ],
  };
}

/** Counting, blind until the reveal; then the room goes on with one option. */
function vote(app, player, situation, ballot) {
  const open = situation.options.filter((option) => option.available);
  const letter = (option) => String.fromCharCode(65 + open.indexOf(option));
  const questions = situation.discuss.map((id) => player.story.questions[id]).slice(0, 3);
  return el(
    "section",
    { "aria-labelledby": "vote" },
    el("h2", { id: "vote" }, ballot.revealed ? t("votes_shown") : t("votes_blind")),
    el("ol", { class: "options letters" }, situation.options.map((option) => (option.available ? voteItem(app, player, option, letter(option), ballot) : el("li", {}, el("div", { class: "option locked" }, option.text, el("br"), el("small", {}, t("locked", { why: option.locked }))))))),
    el("p", { role: "status" }, t("votes_cast", { count: ballot.cast })),
    ballot.revealed && questions.length ? [el("h3", {}, t("questions")), el("ul", {}, questions.map((question) => el("li", {}, question)))] : null,
    el("p", { class: "actions" }, ballot.revealed ? button(t("vote_again"), () => { player.ballot = new Ballot(); app.show(); }) : button(t("reveal"), () => { ballot.revealed = true; app.show(); }, { class: "primary", disabled: !ballot.cast })),
  );
}

function voteItem(app, player, option, letter, ballot) {
  const count = ballot.counts.get(option.id) ?? 0;
  const settle = () => { player.ballot = null; player.choose(option.id); app.show(); };
  const change = (by) => () => { ballot.add(option.id, by); app.refresh(`vote-${letter}${by}`); };
  const counting = [
    button("+", change(1), { "aria-label": t("one_vote_more", { letter }), "data-focus": `vote-${letter}1` }),
    button("−", change(-1), { "aria-label": t("one_vote_less", { letter }), "data-focus": `vote-${letter}-1` }),
  ];
  const shown = [el("meter", { min: 0, max: Math.max(1, ballot.most()), value: count, "aria-label": letter }), ` ${count} `, button(t("go_on_with", { letter }), settle)];
  return el("li", { class: "vote" }, el("p", {}, el("b", {}, letter), ` ${option.text}`), el("p", { class: "counting" }, ballot.revealed ? shown : counting));
}

function presentedConsequence(app, player) {
  const { consequence } = player.reading;
  return {
    title: t("what_came"),
    present: true,
    body: [
      el("h1", {}, t("what_came")),
      el("blockquote", { class: "chosen" }, el("p", {}, consequence.choice_text)),
      el("div", { class: "story-text" }, paragraphs(consequence.text)),
      coachingView(consequence, player.story),
      el("p", {}, button(t("go_on"), () => { player.goOn(); app.show(); }, { class: "primary" })),
    ],
  };
}
