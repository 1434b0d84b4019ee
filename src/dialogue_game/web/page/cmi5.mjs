// @ts-check
/** The bridge to a platform that speaks cmi5: launched with a token, told by xAPI statements. */
import { percent, stakeData } from "../engine/profile.mjs";
import { standing } from "./scorm.mjs";
import { isRun } from "./storage.mjs";

/** @typedef {import("./shell.mjs").App} App */

const RUNS = "dialogue-game.runs";
const PATIENCE = 8000;

/** What the platform gave with the address; null where it is no launch. @param {string} search */
export function launchOf(search) {
  const given = new URLSearchParams(search);
  const [endpoint, token, registration, activity] = ["endpoint", "fetch", "registration", "activityId"].map((name) => given.get(name) ?? "");
  try {
    const actor = JSON.parse(given.get("actor") ?? "");
    const whole = /^https?:/.test(endpoint) && /^https?:/.test(token) && registration && activity && actor;
    return whole ? { endpoint: endpoint.replace(/\/*$/, "/"), token, registration, activity, actor } : null;
  } catch {
    return null;
  }
}

/** Says what happened in statements; whatever the platform answers, one plays on. */
export class Cmi5Bridge {
  /** @param {any} course @param {any} launch */
  constructor(course, launch) {
    this.course = course;
    this.launch = launch;
    this.terms = course.scorm.xapi;
    this.began = Date.now();
    this.works = Boolean(launch);
    this.trouble = launch ? "" : "scorm_no_api";
    /** @type {any[]} */
    this.waiting = [];
    this.told = new Set();
    this.kept = { completed: false, passed: false };
    this.given = {};
    this.returnURL = "";
    this.line = Promise.resolve();
  }

  /** Take up what the platform kept, and hear of every choice. @param {App} app */
  attach(app) {
    if (!this.works) return;
    this.app = app;
    const write = app.store.write.bind(app.store);
    app.store.write = () => { write(); this.save(); };
    app.runs.listeners.push((player, taken) => { if (!player.kept.group) this.waiting.push(this.answered(player, taken)); });
    window.addEventListener("pagehide", () => this.finish());
    this.ready = this.open().catch(() => { this.works = false; this.trouble = "scorm_refused"; });
  }

  async open() {
    this.header = `Basic ${await this.fetchToken()}`;
    this.given = (await this.read("activities/state", { stateId: "LMS.LaunchData" })) ?? {};
    await this.read("agents/profile", { profileId: "cmi5LearnerPreferences" }).catch(() => null);
    const { runs = [], ...kept } = (await this.read("activities/state", { stateId: RUNS })) ?? {};
    for (const run of runs.filter(isRun)) {
      this.app.store.take(run);
      if (run.ended) this.told.add(run.id);
    }
    Object.assign(this.kept, kept);
    this.returnURL = /^https?:/.test(this.given.returnURL ?? "") ? this.given.returnURL : "";
    this.waiting.push(this.defined("initialized"));
    this.deliverNext();
  }

  /** The token is given once for each launch; a page that is loaded anew remembers it. */
  async fetchToken() {
    const name = `dialogue-game:${this.launch.token}`;
    const known = sessionStorage.getItem(name);
    if (known) return known;
    const answer = await fetch(this.launch.token, { method: "POST", signal: AbortSignal.timeout(PATIENCE) });
    const token = (await answer.json())["auth-token"];
    if (!token) throw new Error("no token");
    sessionStorage.setItem(name, token);
    return token;
  }

  /** @param {string} what @param {Record<string, string>} asked */
  address(what, asked = {}) {
    const { actor, activity, registration, endpoint } = this.launch;
    const about = what.startsWith("agents") ? {} : { activityId: activity, registration };
    return `${endpoint}${what}?${new URLSearchParams({ agent: JSON.stringify(actor), ...about, ...asked })}`;
  }

  /** @param {string} method @param {string} url @param {any} [body] */
  call(method, url, body, keepalive = false) {
    const headers = { Authorization: this.header, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" };
    return fetch(url, { method, headers, keepalive, signal: AbortSignal.timeout(PATIENCE), body: body && JSON.stringify(body) });
  }

  /** A document; null where there is none. @param {string} what @param {Record<string, string>} asked */
  async read(what, asked) {
    const answer = await this.call("GET", this.address(what, asked));
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json().catch(() => null);
  }

  /** After something was kept: what ended is told, then how far the course is; all of it is sent. */
  save() {
    const own = this.app.runs.own();
    for (const run of own.filter((one) => one.ended && !this.told.has(one.id))) {
      this.told.add(run.id);
      this.waiting.push(...this.ended(run));
    }
    if ((this.given.launchMode ?? "Normal") === "Normal") this.judge();
    this.deliverNext();
  }

  judge() {
    const { mean, done, mastered } = standing(this.app);
    if (!done) return;
    const duration = this.spent();
    if (!this.kept.completed) {
      this.kept.completed = true;
      this.waiting.push(this.defined("completed", { completion: true, duration }, true));
    }
    if (!this.course.scorm.mastery || this.kept.passed || mean === null) return;
    const asked = this.given.masteryScore ?? 0;
    const success = mastered && mean / 100 >= asked;
    if (!success && this.kept.failed) return;
    Object.assign(this.kept, success ? { passed: true } : { failed: true });
    const result = { success, score: { scaled: mean / 100, raw: mean, min: 0, max: 100 }, duration };
    this.waiting.push(this.defined(success ? "passed" : "failed", result, true, { [`${this.terms.cmi5}/extensions/masteryscore`]: asked }));
  }

  /** One after the other, so that the platform hears them in order; what fails goes with the next. */
  deliverNext() {
    this.line = this.line.then(() => this.deliver()).then(() => this.hear(""), () => this.hear("scorm_refused"));
  }

  async deliver() {
    const { waiting } = this;
    const many = waiting.length;
    if (many) {
      const told = await this.call("POST", `${this.launch.endpoint}statements`, waiting.slice(0, many));
      if (!told.ok && told.status !== 409) throw new Error(String(told.status));
      waiting.splice(0, many);
    }
    const runs = this.app.runs.own();
    const kept = await this.call("PUT", this.address("activities/state", { stateId: RUNS }), { ...this.kept, runs });
    if (!kept.ok) throw new Error(String(kept.status));
  }

  /** @param {string} trouble */
  hear(trouble) {
    this.trouble = trouble;
    this.app.frame?.notice();
  }

  /** The window closes: what waits, and that it is over. */
  finish() {
    if (!this.header || this.finished) return;
    this.finished = true;
    const last = [...this.waiting, this.defined("terminated", { duration: this.spent() })];
    this.call("POST", `${this.launch.endpoint}statements`, last, true).catch(() => {});
  }

  spent() {
    return `PT${(Math.max(0, Date.now() - this.began) / 1000).toFixed(2)}S`;
  }

  /** A statement of cmi5 itself, about this page. @param {string} verb @param {any} [result] */
  defined(verb, result, moveOn = false, extensions = {}) {
    const category = ["cmi5", ...(moveOn ? ["moveon"] : [])].map((name) => ({ id: `${this.terms.cmi5}/categories/${name}` }));
    return this.statement(verb, { objectType: "Activity", id: this.launch.activity }, result, { category }, extensions);
  }

  /** @param {string} verb @param {any} object @param {any} result @param {any} around @param {any} extensions */
  statement(verb, object, result, around, extensions, more = {}) {
    const template = this.given.contextTemplate ?? {};
    const activities = { ...template.contextActivities };
    for (const [name, found] of Object.entries(around)) activities[name] = [...(activities[name] ?? []), ...found];
    const context = { ...template, registration: this.launch.registration, contextActivities: activities, extensions: { ...template.extensions, ...extensions }, ...more };
    const told = { id: newUuid(), timestamp: new Date().toISOString(), actor: this.launch.actor, verb: { id: this.terms.verbs[verb], display: { en: verb } }, object };
    return { ...told, ...(result ? { result } : {}), context };
  }

  /** A statement about something in a scenario, as the program makes them.
   * @param {string} verb @param {any} story @param {string} run @param {any} about @param {any} result */
  inScenario(verb, story, run, about, result, parent = true) {
    const { terms } = this;
    const grouping = [{ id: this.idOf(), definition: { type: terms.course } }];
    const category = [{ id: terms.profile, definition: { type: terms.profile_type } }];
    const around = { ...(parent ? { parent: [{ id: this.idOf(`stories/${story.id}`) }] } : {}), grouping, category };
    const object = { objectType: "Activity", ...about };
    return this.statement(verb, object, result, around, { [terms.attempt]: run }, { platform: "dialogue-game", language: document.documentElement.lang, revision: story.edition });
  }

  /** The id of the course, or of something in it. */
  idOf(part = "") {
    return [`${this.terms.base}/courses/${this.course.id}`, part].filter(Boolean).join("/");
  }

  /** One decision. @param {import("./runs.mjs").Player} player @param {any} taken */
  answered({ story, kept }, taken) {
    const { terms } = this;
    const words = (text) => ({ [document.documentElement.lang]: text });
    const open = taken.before.options.filter((option) => option.available);
    const marksOf = (id) => story.scenes[taken.scene].choices[id].marks ?? [];
    const fine = open.filter(({ id }) => marksOf(id).every(({ word }) => word === "models" || word === "upholds")).map(({ id }) => id);
    const scored = story.kind === "scenario";
    const definition = {
      name: words(taken.before.title),
      type: terms.decision,
      interactionType: "choice",
      choices: open.map(({ id, text }) => ({ id, description: words(text) })),
      ...(scored && fine.length && fine.length < open.length ? { correctResponsesPattern: fine } : {}),
    };
    const marks = marksOf(taken.choice.id);
    const { earned, at_stake: atStake } = taken.stake;
    const result = {
      response: taken.choice.id,
      ...(scored ? { success: 3 * earned >= 2 * atStake, ...scoreOf(taken.stake) } : {}),
      duration: `PT${(taken.latency / 1000).toFixed(2)}S`,
      ...(marks.length ? { extensions: { [terms.marks]: Object.fromEntries(marks.map((mark) => [mark.guideline, mark.word])) } } : {}),
    };
    return this.inScenario("answered", story, kept.id, { id: this.idOf(`stories/${story.id}/scenes/${taken.scene}`), definition }, result);
  }

  /** An ending, and what each guideline that was at stake came to. @param {any} run */
  ended(run) {
    const { terms } = this;
    const story = this.app.runs.story(run.story);
    const found = this.app.runs.current(run) ? this.app.runs.result(run) : null;
    if (!found) return [];
    const words = (text) => ({ [document.documentElement.lang]: text });
    const scenario = { id: this.idOf(`stories/${story.id}`), definition: { type: terms.scenario, name: words(story.title) } };
    const result = { completion: true, extensions: { [terms.ending]: found.walked.ending } };
    const done = this.inScenario("completed", story, run.id, scenario, result, false);
    const lines = story.kind === "scenario" && percent(found.scores.overall) !== null ? found.scores.guidelines : [];
    const scored = lines.filter((line) => line.stake.at_stake).map((line) => {
      const { id, short, text } = story.guidelines[line.id];
      const about = { id: this.idOf(`guidelines/${id}`), definition: { type: terms.guideline, name: words(short), description: words(text) } };
      return this.inScenario("scored", story, run.id, about, { ...scoreOf(line.stake), extensions: { [terms.verdict]: line.verdict } });
    });
    return [done, ...scored];
  }
}

/** @param {import("../engine/profile.mjs").Stake} stake */
function scoreOf(stake) {
  const { earned, at_stake: max } = stakeData(stake);
  return max ? { score: { scaled: Math.round((10_000 * earned) / max) / 10_000, raw: earned, min: 0, max } } : {};
}

/** A random UUID, also on pages without TLS. */
function newUuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
