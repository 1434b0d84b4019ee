// @ts-check
/** The page itself: where one is, what is shown there, and where the reader's place is. */
import { restored } from "../engine/course.mjs";
import { aboutView, certificateView, guidelinesView, homeView, settingsView } from "./course_views.mjs";
import { debriefView } from "./debrief_view.mjs";
import { append, el, language, link, t } from "./dom.mjs";
import { compareView, mapView, runsView } from "./explore_views.mjs";
import { playView } from "./play_view.mjs";
import { presentView } from "./present_view.mjs";
import { Runs } from "./runs.mjs";
import { Cmi5Bridge, launchOf } from "./cmi5.mjs";
import { connectScorm } from "./scorm.mjs";
import { browserStorage, Store } from "./storage.mjs";

const VIEWS = {
  "": homeView,
  play: playView,
  debrief: debriefView,
  runs: runsView,
  compare: compareView,
  map: mapView,
  guidelines: guidelinesView,
  about: aboutView,
  settings: settingsView,
  certificate: certificateView,
  present: presentView,
};

/** A bridge to the platform that the course was packed for; else null. @param {any} course @returns {any} */
function connect(course) {
  if (!course.scorm) return null;
  return course.scorm.version === "cmi5" ? new Cmi5Bridge(course, launchOf(location.search)) : connectScorm(course);
}

/** Everything that views are given. */
export class App {
  /** @param {any} course @param {HTMLElement} root */
  constructor(course, root) {
    this.course = course;
    this.root = root;
    this.bridge = connect(course);
    this.store = new Store(course.id, this.bridge?.works ? null : browserStorage());
    if (this.bridge?.works) this.store.trouble = "";
    this.runs = new Runs(course, this.store);
    this.bridge?.attach(this);
    /** @type {Map<string, any>} */
    this.players = new Map();
    /** A run from a file, to be compared. @type {any} */
    this.visitor = null;
    this.began = Date.now();
    /** The question of this visit; undefined until somebody looks. @type {any} */
    this.due = undefined;
    /** The address of what is shown. */
    this.drawn = "";
  }

  start() {
    window.addEventListener("hashchange", () => { if (location.hash !== this.drawn) this.show(); });
    window.addEventListener("storage", (event) => {
      if (event.key === this.store.key || event.key === null) this.store.read();
    });
    this.dress();
    this.show({ first: true });
  }

  /** Light, dark, or as the system has it. */
  dress() {
    document.documentElement.dataset.theme = this.store.settings.theme;
  }

  /** Draw it at once: the browser tells of a new address a little later, and a second press in
   * between would find the button that was pressed first. @param {string} hash */
  go(hash) {
    location.hash = hash;
    this.show();
  }

  /** @param {string} story */
  begin(story) {
    const player = this.runs.begin(story);
    this.players.set(player.id, player);
    this.go(`#/play/${player.id}`);
    return player;
  }

  /** Play from one decision on, and take an option there where one is named.
   * @param {string} id @param {number} decision @param {any} [other] where, and which option */
  replay(id, decision, other) {
    const player = this.runs.replay(id, decision);
    if (!player) return;
    this.players.set(player.id, player);
    if (other) {
      while (player.run.continues && player.run.scene !== other.scene) player.readOn();
      player.choose(other.option);
    }
    this.go(`#/play/${player.id}`);
  }

  /** The run of that id, as it is being played. @param {string} id */
  playing(id) {
    const known = this.players.get(id) ?? [...this.players.values()].find((player) => player.id === id);
    if (known) return known;
    const player = this.runs.open(id);
    if (player) this.players.set(id, player);
    return player;
  }

  missing() {
    return { title: t("not_there"), body: [el("h1", {}, t("not_there")), el("p", {}, t("not_there_says")), el("p", {}, link(t("home"), "#/", { class: "button" }))] };
  }

  /** Draw the view of this address, and take the reader to its heading. */
  show({ first = false, focus = "" } = {}) {
    this.drawn = location.hash;
    const [name = "", ...rest] = this.drawn.replace(/^#\/?/, "").split("/").map(decoded);
    const view = (Object.hasOwn(VIEWS, name) ? VIEWS[name] : () => this.missing())(this, ...rest);
    document.title = view.title ? `${view.title} · ${this.course.title}` : this.course.title;
    document.documentElement.classList.toggle("present", Boolean(view.present));
    document.documentElement.classList.toggle("home", name === "");
    const main = el("main", { id: "main", tabindex: -1, class: focus ? "still" : null });
    append(main, view.body);
    this.frame ??= new Frame(this);
    this.frame.put(main, name);
    if (focus) /** @type {any} */ (main.querySelector(`[data-focus="${focus}"]`))?.focus();
    else if (!first) toHeading(main);
    this.later(main, view.later);
  }

  /** What stands further down follows in the next frame, so that a choice is answered at once.
   * @param {HTMLElement} main @param {((main: HTMLElement) => any) | undefined} more */
  later(main, more) {
    if (!more) return;
    const put = () => {
      if (!main.isConnected) return;
      const found = [more(main)].flat().filter(Boolean);
      main.querySelector("[data-later]")?.replaceWith(...found);
    };
    if (document.hidden) put();
    else requestAnimationFrame(() => setTimeout(put));
  }

  /** Draw again where only numbers changed; the focus stays. @param {string} focus */
  refresh(focus) {
    this.show({ focus });
  }
}

/** What stands around every view: made once, so that a choice changes no more than it must. */
class Frame {
  /** @param {App} app */
  constructor(app) {
    this.app = app;
    this.main = el("main");
    this.nav = new Map(PLACES.map(([place, key]) => [place, link(t(key), `#/${place}`)]));
    this.notices = el("div", { class: "notices", role: "status" });
    this.said = "";
    const places = [...this.nav.values()].map((place) => el("li", {}, place));
    const header = el("header", {}, el("nav", { "aria-label": app.course.title }, el("ul", {}, places)));
    app.root.replaceChildren(skip(), header, this.notices, this.main, footer(app));
  }

  /** @param {HTMLElement} main @param {string} name the view's */
  put(main, name) {
    for (const [place, shown] of this.nav) {
      if (place === name) shown.setAttribute("aria-current", "page");
      else shown.removeAttribute("aria-current");
    }
    this.main.replaceWith(main);
    this.main = main;
    this.notice();
  }

  /** What does not go as it should. */
  notice() {
    const says = [this.app.store.trouble, this.app.bridge?.trouble].filter(Boolean);
    if (says.join() === this.said) return;
    this.said = says.join();
    this.notices.replaceChildren(...says.map((key) => el("p", { class: "notice" }, t(key))));
  }
}

const PLACES = [["", "home"], ["guidelines", "guidelines"], ["runs", "my_runs"], ["about", "about"], ["settings", "settings"]];

/** @param {string} part */
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** @param {HTMLElement} main */
function toHeading(main) {
  const heading = main.querySelector("h1") ?? main;
  heading.setAttribute("tabindex", "-1");
  /** @type {HTMLElement} */ (heading).focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function skip() {
  const past = (event) => { event.preventDefault(); document.getElementById("main")?.focus(); };
  return el("a", { class: "skip", href: "#main", on: { click: past } }, t("skip"));
}

/** @param {App} app */
function footer(app) {
  const law = [app.course.disclaimer, app.course.law_as_of].filter(Boolean);
  return el("footer", {}, el("p", {}, link(t("certificate"), "#/certificate"), " · ", link(t("present"), "#present"), app.bridge?.returnURL ? [" · ", link(t("to_platform"), app.bridge.returnURL)] : null), el("p", { class: "muted" }, t("privacy")), law.length ? el("p", { class: "muted" }, law.join(" ")) : null);
}

/** What tests and teachers who script may use: the objects of `play --json`. @param {App} app */
export function contract(app) {
  /** @type {any} */
  let player = null;
  const shown = () => { app.go(`#/play/${player.id}`); return player.situation(); };
  return {
    stories: app.course.entries.map(({ id, title, kind }) => ({ id, title, kind })),
    begin(story, seed = 0) {
      player = app.runs.begin(story, { seed });
      app.players.set(player.id, player);
      return shown();
    },
    resume(story) {
      const paused = app.runs.paused(story);
      if (!paused) return null;
      player = app.playing(paused.id);
      return shown();
    },
    choose(id) {
      if (player.run.continues) player.readOn();
      else player.choose(String(id));
      const consequence = player.reading?.consequence ?? null;
      player.goOn();
      app.show();
      return consequence;
    },
    situation: () => player.situation(),
    debrief: () => player.debrief(),
  };
}

const source = document.getElementById("course");
const root = document.getElementById("app");
if (source && root) {
  const course = restored(JSON.parse(source.textContent ?? "{}"));
  language.words = course.words;
  const app = new App(course, root);
  const begin = () => { app.start(); globalThis.dialogueGame = contract(app); };
  if (app.bridge?.ready) app.bridge.ready.then(begin);
  else begin();
}
