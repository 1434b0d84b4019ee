// @ts-check
/** The bridge to a learning platform: SCORM 1.2 or 2004, in a package made for it. */
import { fnv1a } from "../engine/text.mjs";
import { follow } from "../engine/debrief.mjs";
import { percent, profile, success } from "../engine/profile.mjs";

/** @typedef {import("./shell.mjs").App} App */

const SUSPEND_ROOM = 4096;
const SUSPEND_FORMAT = "1";
const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** What the two versions call the same things. */
const SCORM_12 = {
  api: "API",
  calls: { begin: "LMSInitialize", end: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit" },
  score: "cmi.core.score",
  place: "cmi.core.lesson_location",
  session: "cmi.core.session_time",
  exit: "cmi.core.exit",
  status: "cmi.core.lesson_status",
  response: "student_response",
  wrong: "wrong",
  when: () => ["time", new Date().toTimeString().slice(0, 8)],
  span: timespan,
};
const SCORM_2004 = {
  api: "API_1484_11",
  calls: { begin: "Initialize", end: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit" },
  score: "cmi.score",
  place: "cmi.location",
  session: "cmi.session_time",
  exit: "cmi.exit",
  status: "cmi.completion_status",
  response: "learner_response",
  wrong: "incorrect",
  when: () => ["timestamp", new Date().toISOString().slice(0, 19)],
  span: isoSpan,
};

/** The platform's API: in a parent, or in the window that opened this one.
 * @param {string} name @returns {any} */
function findApi(name) {
  const within = (start) => {
    let here = start;
    for (let depth = 0; here && depth < 20; depth += 1) {
      try {
        if (here[name]) return here[name];
      } catch {
        return null; // another origin: not the platform's frame
      }
      if (here === here.parent) return null;
      here = here.parent;
    }
    return null;
  };
  return within(window) ?? (window.opener ? within(window.opener) : null);
}

/** A bridge where the course was packed for a SCORM platform. @param {any} course */
export function connectScorm(course) {
  const says = course.scorm.version === "2004" ? SCORM_2004 : SCORM_12;
  return new Bridge(course, findApi(says.api), says);
}

/** @param {number} milliseconds @returns {string} as SCORM has spans: HHHH:MM:SS.SS */
export function timespan(milliseconds) {
  const seconds = Math.max(0, milliseconds) / 1000;
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const [hours, minutes] = [Math.min(9999, seconds / 3600), (seconds % 3600) / 60];
  return `${String(Math.floor(hours)).padStart(4, "0")}:${two(minutes)}:${(seconds % 60).toFixed(2).padStart(5, "0")}`;
}

/** @param {number} milliseconds @returns {string} as SCORM 2004 has spans */
function isoSpan(milliseconds) {
  return `PT${(Math.max(0, milliseconds) / 1000).toFixed(2)}S`;
}

/** Says what happened to the platform; whatever the platform answers, one plays on. */
class Bridge {
  /** @param {any} course @param {any} api @param {typeof SCORM_12} says */
  constructor(course, api, says) {
    this.course = course;
    this.api = api;
    this.says = says;
    this.began = Date.now();
    this.trouble = "";
    this.works = Boolean(api) && this.call("begin", "") === "true";
    if (!api) this.trouble = "scorm_no_api";
    else if (!this.works) this.trouble = "scorm_refused";
  }

  /** @param {string} name @param {...string} values */
  call(name, ...values) {
    try {
      return String(this.api[this.says.calls[name]](...values));
    } catch {
      return "false";
    }
  }

  /** @param {string} element */
  get(element) {
    const value = this.call("get", element);
    return value === "false" ? "" : value;
  }

  /** @param {string} element @param {string | number} value */
  set(element, value) {
    if (this.call("set", element, String(value)) !== "true") this.trouble = "scorm_refused";
  }

  commit() {
    if (this.call("commit", "") !== "true") this.trouble = "scorm_refused";
  }

  /** Take up what the platform kept, and hear of every choice. @param {App} app */
  attach(app) {
    if (!this.works) return;
    this.app = app;
    for (const run of unpacked(this.get("cmi.suspend_data"), this.course)) app.store.take(run);
    const status = this.get(this.says.status);
    if (!status || status === "not attempted" || status === "unknown") this.set(this.says.status, "incomplete");
    const write = app.store.write.bind(app.store);
    app.store.write = () => { write(); this.save(); };
    app.runs.listeners.push((player, taken) => this.heard(player, taken));
    window.addEventListener("pagehide", () => this.finish());
  }

  /** One decision as an interaction. @param {any} player @param {any} taken */
  heard(player, taken) {
    if (player.kept.group) return;
    const at = `cmi.interactions.${Number(this.get("cmi.interactions._count")) || 0}`;
    const place = taken.before.options.findIndex((option) => option.id === taken.choice.id);
    const { earned, at_stake } = taken.stake;
    this.trouble = "";
    this.set(`${at}.id`, `${player.story.id}-${taken.scene}-${taken.position + 1}`.slice(0, 255));
    this.set(`${at}.type`, "choice");
    const [kind, now] = this.says.when();
    this.set(`${at}.${kind}`, now);
    this.set(`${at}.${this.says.response}`, LETTERS[10 + place] ?? "z");
    this.set(`${at}.result`, at_stake ? (3 * earned >= 2 * at_stake ? "correct" : this.says.wrong) : "neutral");
    this.set(`${at}.latency`, this.says.span(taken.latency));
    this.set(this.says.place, `${player.story.id}/${player.run.scene || player.run.ending}`.slice(0, 255));
    this.save();
  }

  /** What the platform keeps: runs that fit, how far the course is, and how well. */
  save() {
    const { text, left } = packed([...this.app.store.runs.values()], this.course);
    this.set("cmi.suspend_data", text);
    if (left) this.trouble = "scorm_too_long";
    this.score();
    this.set(this.says.session, this.says.span(Date.now() - this.began));
    this.commit();
  }

  score() {
    const { mean, done, mastered } = standing(this.app);
    if (mean !== null) {
      this.set(`${this.says.score}.min`, 0);
      this.set(`${this.says.score}.max`, 100);
      this.set(`${this.says.score}.raw`, mean);
      if (this.says === SCORM_2004) this.set("cmi.score.scaled", mean / 100);
    }
    if (!done) return;
    const { mastery } = this.course.scorm;
    const apart = this.says === SCORM_2004;
    if (mastery) this.set(apart ? "cmi.success_status" : this.says.status, mastered ? "passed" : "failed");
    if (apart || !mastery) this.set(this.says.status, "completed");
  }

  finish() {
    if (this.finished) return;
    this.finished = true;
    this.call("set", this.says.session, this.says.span(Date.now() - this.began));
    this.call("set", this.says.exit, "suspend");
    this.call("commit", "");
    this.call("end", "");
  }
}

/** How far a course is: the mean of the best percents, whether each scenario was ended, and mastered.
 * @param {App} app */
export function standing({ course, runs }) {
  const scenarios = course.stories.filter((story) => story.kind === "scenario");
  const wanted = scenarios.length ? scenarios : course.stories;
  const best = wanted.map((story) => bestOf(runs.own(story.id).filter((run) => run.ended && runs.current(run)), story));
  const scored = best.filter((result) => result && result.percent !== null);
  const mean = scored.length ? Math.round(scored.reduce((sum, result) => sum + result.percent, 0) / scored.length) : null;
  return { mean, done: best.every(Boolean), mastered: best.every((result) => result?.success) };
}

/** The best of these runs; null where there is none. @param {any[]} runs @param {any} story */
function bestOf(runs, story) {
  let best = null;
  for (const run of runs) {
    const scores = profile(story, follow(story, run.choices, run.seed).steps);
    const result = { run, percent: percent(scores.overall), success: success(scores) };
    if (!best || Number(result.success) > Number(best.success) || (result.success === best.success && (result.percent ?? -1) > (best.percent ?? -1))) best = result;
  }
  return best;
}

/** A story's edition in few letters. @param {any} story */
function mark(story) {
  return fnv1a(story.edition ?? "").toString(36);
}

/** One run in few letters: seed, times in seconds, and a letter for each choice.
 * @param {any} run @param {any} story */
function packedRun(run, story) {
  const letters = run.choices.map(({ scene, choice }) => place(Object.keys(story.scenes[scene].choices).indexOf(choice)));
  const seconds = (time) => Math.floor(time / 1000).toString(36);
  return [run.seed.toString(36), seconds(run.started), seconds(run.ended), letters.join("")].join(".");
}

/** @param {number} index */
function place(index) {
  return index < LETTERS.length ? LETTERS[index] : `-${index.toString(36)}-`;
}

/** Per story its edition, then the first, the best and the newest run, as far as they fit.
 * @param {any[]} runs @param {any} course */
export function packed(runs, course) {
  const room = { left: SUSPEND_ROOM - SUSPEND_FORMAT.length };
  const chosen = new Map(course.stories.map((story) => [story.id, []]));
  let left = false;
  const own = (story) => runs.filter((run) => run.story === story.id && run.edition === (story.edition ?? "") && !run.group && run.choices.length);
  const rounds = [newest, bestRun, firstRun];
  for (const pick of rounds) {
    for (const story of course.stories) {
      const run = pick(own(story), story);
      const kept = chosen.get(story.id);
      if (!run || kept.includes(run)) continue;
      const more = packedRun(run, story).length + 1 + (kept.length ? 0 : story.id.length + mark(story).length + 2);
      if (more > room.left) left ||= pick === newest;
      else {
        room.left -= more;
        kept.push(run);
      }
    }
  }
  const parts = course.stories.filter((story) => chosen.get(story.id).length).map((story) => [story.id, mark(story), ...chosen.get(story.id).map((run) => packedRun(run, story))].join(","));
  return { text: [SUSPEND_FORMAT, ...parts].join(";"), left };
}

const newest = (runs) => [...runs].sort((one, other) => other.started - one.started)[0];
const firstRun = (runs) => runs.filter((run) => run.ended).sort((one, other) => one.started - other.started)[0];
const bestRun = (runs, story) => bestOf(runs.filter((run) => run.ended), story)?.run;

/** The runs that a platform kept; what does not fit this course's texts is left out.
 * @param {string} text @param {any} course @returns {any[]} */
export function unpacked(text, course) {
  const [format, ...parts] = text.split(";");
  if (format !== SUSPEND_FORMAT) return [];
  return parts.flatMap((part) => {
    const [id, edition, ...runs] = part.split(",");
    const story = course.stories.find((one) => one.id === id);
    if (!story || mark(story) !== edition) return [];
    return runs.map((run) => unpackedRun(run, story)).filter(Boolean);
  });
}

/** @param {string} text @param {any} story */
function unpackedRun(text, story) {
  const [seed, started, ended, letters = ""] = text.split(".");
  const number = (part) => parseInt(part, 36) || 0;
  const run = { id: `p${started}${seed}`, story: story.id, edition: story.edition ?? "", seed: number(seed), started: number(started) * 1000, ended: number(ended) * 1000, group: false, branched_from: "", shared: 0, reflection: "" };
  try {
    return { ...run, choices: unpackedChoices(letters, story, run.seed) };
  } catch {
    return null;
  }
}

/** @param {string} letters @param {any} story @param {number} seed */
function unpackedChoices(letters, story, seed) {
  const choices = [];
  for (const [, long, short] of letters.matchAll(/-([0-9a-z]+)-|([0-9a-z])/g)) {
    const { run } = follow(story, choices, seed);
    for (let pages = 0; run.continues && pages < 1000; pages += 1) run.readOn();
    const choice = Object.keys(story.scenes[run.scene].choices)[parseInt(long ?? short, 36)];
    if (!choice) throw new Error("no such choice");
    choices.push({ scene: run.scene, choice });
  }
  follow(story, choices, seed);
  return choices;
}
