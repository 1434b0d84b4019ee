// @ts-check
/** What is kept between visits: in this browser alone, under a key of the course. */

/** @typedef {{scene: string, choice: string}} Made
 * @typedef {{id: string, story: string, edition: string, seed: number, started: number, ended: number,
 *   group: boolean, choices: Made[], branched_from: string, shared: number, reflection: string}} StoredRun
 * @typedef {{theme: string, coaching: string, transfer: string}} Settings */

const DEFAULTS = { theme: "auto", coaching: "after", transfer: "on" };
const ID_LETTERS = "23456789abcdefghjkmnpqrstvwxyz";
const MOST_CHOICES = 10_000;

/** An id that no other run has. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => ID_LETTERS[byte % ID_LETTERS.length]).join("");
}

/** A seed for the order of options: 32 bits, never 0. */
export function newSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0] || 1;
}

/** Whether a value has the shape of a kept run. @param {any} run */
export function isRun(run) {
  const texts = ["id", "story", "edition"].every((name) => typeof run?.[name] === "string" && run[name].length < 200);
  const numbers = ["seed", "started", "ended"].every((name) => Number.isSafeInteger(run?.[name]) && run[name] >= 0);
  return texts && numbers && isChoices(run.choices);
}

/** @param {any} choices */
export function isChoices(choices) {
  const made = (one) => typeof one?.scene === "string" && typeof one?.choice === "string";
  return Array.isArray(choices) && choices.length <= MOST_CHOICES && choices.every(made);
}

/** The runs and settings of one course. */
export class Store {
  /** @param {string} course @param {Storage | null} backend null: nothing outlives the page */
  constructor(course, backend) {
    this.key = `dialogue-game:${course}`;
    this.backend = backend;
    /** @type {Map<string, StoredRun>} */
    this.runs = new Map();
    /** @type {Settings} */
    this.settings = { ...DEFAULTS };
    /** When each question of another situation was last asked. @type {Record<string, number>} */
    this.asked = {};
    this.trouble = backend ? "" : "storage_blocked";
    /** What this window wrote last. */
    this.wrote = "";
    this.read();
  }

  /** What is kept now; what another tab wrote is taken in, too. */
  read() {
    const text = this.raw();
    if (text === null) return;
    try {
      const kept = JSON.parse(text);
      if (kept.version !== 1 || !Array.isArray(kept.runs)) throw new Error("another shape");
      const sound = kept.runs.filter(isRun);
      for (const run of sound) this.take(run);
      if (sound.length < kept.runs.length) this.trouble = "storage_damaged";
      for (const name of Object.keys(DEFAULTS)) {
        if (typeof kept.settings?.[name] === "string") this.settings[name] = kept.settings[name];
      }
      for (const [key, time] of Object.entries(kept.asked ?? {})) if (Number.isSafeInteger(time)) this.asked[key] = time;
    } catch {
      this.setAside(text);
    }
  }

  /** @returns {string | null} */
  raw() {
    try {
      return this.backend?.getItem(this.key) ?? null;
    } catch {
      this.trouble = "storage_blocked";
      return null;
    }
  }

  /** Keep what cannot be read beside a fresh start. @param {string} text */
  setAside(text) {
    this.trouble = "storage_damaged";
    try {
      this.backend?.setItem(`${this.key}:damaged`, text);
    } catch {
      // No room for it: the fresh start matters more.
    }
  }

  /** Of two states of one run the longer one stays. @param {StoredRun} run */
  take(run) {
    const known = this.runs.get(run.id);
    if (known && known.choices.length > run.choices.length) return;
    this.runs.set(run.id, { group: false, branched_from: "", shared: 0, reflection: "", ...run });
  }

  /** @param {StoredRun} run */
  keep(run) {
    this.runs.set(run.id, run);
    this.write();
  }

  /** @param {string} id */
  drop(id) {
    this.runs.delete(id);
    this.write();
  }

  /** @param {string} key */
  noteAsked(key) {
    this.asked[key] = Date.now();
    this.write();
  }

  write() {
    const kept = { version: 1, runs: [...this.runs.values()], settings: this.settings, asked: this.asked };
    this.wrote = JSON.stringify(kept);
    try {
      this.backend?.setItem(this.key, this.wrote);
      if (this.trouble === "storage_full") this.trouble = "";
    } catch {
      this.trouble = "storage_full";
    }
  }

  /** One run as the browser holds it, where another window wrote since. @param {string} id
   * @returns {StoredRun | null} */
  writtenElsewhere(id) {
    const text = this.raw();
    if (text === null || text === this.wrote) return null;
    try {
      return JSON.parse(text).runs?.find((run) => run.id === id && isRun(run)) ?? null;
    } catch {
      return null;
    }
  }

  forgetEverything() {
    this.runs.clear();
    this.asked = {};
    this.settings = { ...DEFAULTS };
    try {
      this.backend?.removeItem(this.key);
      this.backend?.removeItem(`${this.key}:damaged`);
    } catch {
      this.trouble = "storage_blocked";
    }
  }
}

/** The browser's own storage, or null where it may not be used. @returns {Storage | null} */
export function browserStorage() {
  try {
    const { localStorage } = globalThis;
    localStorage.setItem("dialogue-game:probe", "1");
    localStorage.removeItem("dialogue-game:probe");
    return localStorage;
  } catch {
    return null;
  }
}
