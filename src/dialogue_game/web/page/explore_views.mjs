// @ts-check
/** Going back: all runs, two of them side by side, and the map of what was seen. */
import { compare } from "../engine/compare.mjs";
import { fill, quoted } from "../engine/compare_words.mjs";
import { markList } from "./cards.mjs";
import { debriefView } from "./debrief_view.mjs";
import { button, disclosure, download, el, language, link, paragraphs, section, t } from "./dom.mjs";
import { readRunFile, runFile } from "./run_files.mjs";

/** @typedef {import("./shell.mjs").App} App */

/** @param {number} time */
export function day(time) {
  return time ? new Date(time).toISOString().slice(0, 10) : "";
}

/** @param {App} app */
export function runsView(app) {
  const runs = [...app.store.runs.values()].sort((one, other) => other.started - one.started);
  return {
    title: t("my_runs"),
    body: [
      el("h1", {}, t("my_runs")),
      runs.length ? el("ul", { class: "cards runs" }, runs.map((run) => runItem(app, run))) : el("p", {}, t("no_runs")),
      runs.length > 1 ? compareForm(app, runs) : null,
      openFile(app),
    ],
  };
}

function runName(app, run) {
  const story = app.runs.story(run.story);
  const result = app.runs.current(run) ? app.runs.result(run) : null;
  const ending = result?.walked.ended ? story.endings[result.walked.ending].title : "";
  const state = ending ? `“${ending}”` : t("decisions_made", { count: run.choices.length });
  return { title: story?.title ?? run.story, state, result };
}

function runItem(app, run) {
  const { title, state, result } = runName(app, run);
  const current = app.runs.current(run);
  const save = () => download(`${run.story}-${run.id}.json`, JSON.stringify(runFile(run, app.runs.story(run.story))));
  const where = run.ended ? `#/debrief/${run.id}` : `#/play/${run.id}`;
  return el(
    "li",
    {},
    el("h2", {}, title),
    el("p", {}, state, result?.percent === null || result?.percent === undefined ? "" : ` · ${result.percent} %`),
    el("p", { class: "muted" }, [day(run.started), run.group ? t("of_a_group") : "", run.branched_from ? t("replayed", { count: run.shared }) : "", current ? "" : t("older_edition")].filter(Boolean).join(" · ")),
    el(
      "p",
      { class: "actions" },
      current ? link(run.ended ? t("look_back") : t("go_on"), where, { class: "button", "aria-label": `${run.ended ? t("look_back") : t("go_on")}: ${title}, ${state}` }) : null,
      current ? button(t("save_run"), save) : null,
      button(t("delete"), () => { app.store.drop(run.id); app.show(); }),
    ),
  );
}

/** Two runs of one story to lay side by side. */
function compareForm(app, runs) {
  const usable = runs.filter((run) => app.runs.current(run));
  const options = (chosen) => usable.map((run, at) => el("option", { value: run.id, selected: at === chosen }, `${runName(app, run).title}: ${runName(app, run).state}, ${day(run.started)}`));
  const left = el("select", { id: "left" }, options(0));
  const right = el("select", { id: "right" }, options(1));
  const said = el("p", { role: "status" });
  const act = (event) => {
    event.preventDefault();
    const [one, other] = [left, right].map((field) => app.store.runs.get(/** @type {any} */ (field).value));
    if (one?.story !== other?.story || one === other) said.textContent = t("two_of_one_story");
    else app.go(`#/compare/${one?.id}/${other?.id}`);
  };
  return section(
    t("compare"),
    el("form", { on: { submit: act } }, el("label", { for: "left" }, t("this_run")), left, el("label", { for: "right" }, t("other_run")), right, el("button", { type: "submit" }, t("compare"))),
    said,
  );
}

/** Another person's run, or one's own from another browser. @param {App} app */
function openFile(app) {
  const said = el("div", { role: "status" });
  const field = el("input", { type: "file", id: "file", accept: ".json,application/json" });
  field.addEventListener("change", async () => {
    const file = /** @type {HTMLInputElement} */ (field).files?.[0];
    if (!file) return;
    const read = file.size > 16 * 1024 * 1024 ? { trouble: "file_large" } : readRunFile(await file.text());
    said.replaceChildren(...opened(app, read));
  });
  return section(t("open_file"), el("p", {}, t("open_file_says")), el("label", { for: "file" }, t("open_file_label")), field, said);
}

/** What can be done with a file that was read. @param {App} app @param {any} read */
function opened(app, read) {
  if (read.trouble) return [el("p", { class: "notice" }, t(read.trouble))];
  const { run, story } = read;
  const mine = app.runs.story(run.story);
  try {
    debriefView({ ...app, runs: app.runs, visitor: read }, "file");
  } catch {
    return [el("p", { class: "notice" }, t("file_damaged"))];
  }
  app.visitor = read;
  const same = mine?.edition === run.edition;
  const says = mine ? (same ? "file_read" : "file_other_edition") : "file_other_course";
  const keep = () => { app.store.keep({ ...run, id: app.store.runs.has(run.id) ? `${run.id}x` : run.id }); app.show(); };
  const beside = app.runs.own(run.story).filter((own) => app.runs.current(own));
  return [
    el("p", { class: "notice" }, t(says, { title: story.title })),
    el(
      "p",
      { class: "actions" },
      same ? button(t("keep_as_mine"), keep, { class: "primary" }) : null,
      link(t("read_run"), "#/debrief/file", { class: "button" }),
      beside.length ? link(t("compare_with_mine"), `#/compare/${beside[0].id}/file`, { class: "button" }) : null,
    ),
  ];
}

/** @param {App} app @param {string} left @param {string} right */
export function compareView(app, left, right) {
  const sides = [walked(app, left), walked(app, right)];
  if (!sides[0] || !sides[1]) return app.missing();
  const found = compare(sides[0], sides[1], language.words);
  const says = language.words.compare;
  const titles = [found.left, found.right].map((side) => side.ending?.title);
  const ended = (title) => (title ? fill(says.ended, { ending: title }) : says.not_ended);
  const both = titles[0] && titles[0] === titles[1] ? fill(says.same_ending, { ending: titles[0] }) : fill(says.endings, { left: ended(titles[0]), right: ended(titles[1]) });
  return {
    title: `${t("compare")} · ${found.title}`,
    body: [
      el("p", { class: "overline" }, found.title),
      el("h1", {}, t("compare")),
      el("p", { class: "big" }, found.said),
      el("p", {}, both),
      found.one_edition ? null : el("p", { class: "notice" }, t("two_editions")),
      found.shared.length ? disclosure(t("shared", { count: found.shared.length }), el("ol", {}, found.shared.map((step) => el("li", {}, `${step.title}: ${step.choice_text}`)))) : null,
      section(t("side_by_side"), el("ol", { class: "rows" }, found.rows.map((row) => rowItem(row, sides)))),
      found.openings.length ? section(t("doors"), el("ul", {}, found.openings.map((opening) => el("li", {}, doorWords(opening, sides[0].story))))) : null,
      section(t("guidelines"), el("ul", {}, found.guidelines.filter((line) => line.differs).map((line) => el("li", {}, line.said)))),
    ],
  };
}

function doorWords(opening, story) {
  const scene = story.scenes[opening.scene].title;
  const sentence = language.words.compare[opening.open_on === "right" ? "opened" : "closed"];
  return fill(sentence, { scene, option: quoted(opening.text), locked: opening.locked }).trim();
}

/** @param {App} app @param {string} id @returns {any} */
function walked(app, id) {
  if (id === "file") return app.visitor && { ...app.visitor.run, story: app.visitor.story, who: "other" };
  const run = app.store.runs.get(id);
  return run && app.runs.current(run) ? { ...run, story: app.runs.story(run.story), who: run.group ? "group" : "you" } : null;
}

function rowItem(row, sides) {
  const step = row.left ?? row.right;
  const cell = (side, name, story) =>
    el(
      "div",
      { class: side ? "side" : "side none" },
      el("h4", {}, name),
      side ? [el("p", {}, side.choice_text), disclosure(t("what_came"), paragraphs(side.consequence), side.marks.length ? markList(side.marks, story) : null)] : el("p", { class: "muted" }, t("not_here")),
    );
  return el("li", { class: row.alike ? "alike" : "" }, el("h3", {}, step.title), el("div", { class: "pair" }, cell(row.left, t("this_run"), sides[0].story), cell(row.right, t("other_run"), sides[1].story)));
}

/** The story as its player knows it; what was not seen is only counted. @param {App} app @param {string} id */
export function mapView(app, id) {
  const story = app.runs.story(id);
  if (!story) return app.missing();
  const seen = seenIn(app, story);
  const endings = Object.values(story.endings);
  const scenes = Object.values(story.scenes);
  const hidden = scenes.filter((scene) => !seen.scenes.has(scene.id)).length;
  return {
    title: `${t("my_map")} · ${story.title}`,
    body: [
      el("p", { class: "overline" }, story.title),
      el("h1", {}, t("my_map")),
      el("p", {}, t("map_counts", { found: seen.endings.size, endings: endings.length, seen: scenes.length - hidden, scenes: scenes.length })),
      el("ol", { class: "map" }, scenes.filter((scene) => seen.scenes.has(scene.id)).map((scene) => mapScene(app, scene, seen))),
      hidden ? el("p", { class: "muted" }, t("not_seen", { count: hidden })) : null,
      section(t("endings"), el("ul", { class: "endings" }, endings.map((ending) => el("li", { class: seen.endings.has(ending.id) ? "found" : "muted" }, seen.endings.has(ending.id) ? ending.title : t("not_found_yet"))))),
    ],
  };
}

function seenIn(app, story) {
  const seen = { scenes: new Map(), endings: new Map(), options: new Map() };
  for (const run of app.runs.own(story.id).filter((one) => app.runs.current(one))) {
    const result = app.runs.result(run);
    if (!result) continue;
    for (const scene of result.walked.visited) if (!seen.scenes.has(scene)) seen.scenes.set(scene, null);
    if (result.walked.ended) seen.endings.set(result.walked.ending, run.id);
    for (const step of result.steps) {
      if (!seen.scenes.get(step.scene)) seen.scenes.set(step.scene, { run: run.id, position: step.position });
      for (const option of step.before.options) note(seen.options, step.scene, option, option.id === step.choice.id);
    }
  }
  return seen;
}

function note(options, scene, option, taken) {
  const key = `${scene}.${option.id}`;
  const known = options.get(key) ?? { text: option.text, taken: 0, open: false };
  options.set(key, { ...known, taken: known.taken + Number(taken), open: known.open || option.available });
}

function mapScene(app, scene, seen) {
  const visit = seen.scenes.get(scene.id);
  const known = Object.values(scene.choices).map((choice) => seen.options.get(`${scene.id}.${choice.id}`)).filter(Boolean);
  const state = (option) => (option.taken ? "tried" : option.open ? "untried" : "met_locked");
  return el(
    "li",
    {},
    el("h2", {}, scene.title),
    el("ul", {}, known.map((option) => el("li", { class: state(option) }, `${option.text} `, el("small", {}, `(${t(state(option))})`)))),
    visit && known.some((option) => !option.taken) ? button(t("play_from_here"), () => app.replay(visit.run, visit.position), { "aria-label": t("play_from", { scene: scene.title }) }) : null,
  );
}
