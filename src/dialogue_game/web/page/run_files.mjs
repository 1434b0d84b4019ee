// @ts-check
/** A run as a file: the same that `history --export` writes and `compare` reads. */
import { follow } from "../engine/debrief.mjs";
import { isChoices } from "./storage.mjs";

const FILE_FORMAT = "dialogue-game run";

/** @param {any} run @param {any} story */
export function runFile(run, story) {
  const { id, edition, group, started, ended, choices, seed } = run;
  const told = { id, story: story.id, title: story.title, edition, group, started, ended, choices, seed };
  return { format: FILE_FORMAT, version: 1, run: told, edition: story };
}

/** A run from a file's text: the run, and the story it was made on.
 * @param {string} text @returns {{run: any, story: any} | {trouble: string}} */
export function readRunFile(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    return { trouble: "file_foreign" };
  }
  if (data?.format !== FILE_FORMAT) return { trouble: "file_foreign" };
  if (data.version !== 1) return { trouble: "file_newer" };
  try {
    return checked(data);
  } catch {
    return { trouble: "file_damaged" };
  }
}

function checked(data) {
  const { run, edition: story } = data;
  for (const scene of Object.values(story.scenes)) scene.choices ??= {};
  const choices = run.choices.map(({ scene, choice }) => ({ scene, choice }));
  if (!isChoices(choices) || typeof run.id !== "string" || story.id !== run.story) return { trouble: "file_damaged" };
  const seed = Number.isSafeInteger(run.seed) && run.seed >= 0 ? run.seed : 0;
  follow(story, choices, seed, true).run.situation();
  const times = [run.started, run.ended].map((time) => (Number.isSafeInteger(time) && time >= 0 ? time : 0));
  const told = {
    id: run.id,
    story: run.story,
    edition: String(run.edition),
    seed,
    started: times[0],
    ended: times[1],
    group: run.group === true,
    choices,
    branched_from: "",
    shared: 0,
    reflection: "",
  };
  return { run: told, story };
}
