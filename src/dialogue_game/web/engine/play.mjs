#!/usr/bin/env node
// @ts-check
/**
 * Plays a story by JSON lines, as `dialogue-game play STORY --json` does:
 *
 *     node play.mjs COURSE.html|COURSE.json [STORY] [--seed N]
 *
 * COURSE is an exported page, or the JSON that it carries. Picks come from standard input.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { restored } from "./course.mjs";
import { debrief, step } from "./debrief.mjs";
import { ChoiceNotAvailable, Run } from "./engine.mjs";

/** The course inside a page, or the JSON itself. @param {string} file */
export function courseIn(file) {
  const text = readFileSync(file, "utf8");
  const inside = /<script type="application\/json" id="course">([^]*?)<\/script>/.exec(text);
  return restored(JSON.parse(inside ? inside[1] : text));
}

/** The id that an answer means: an id, a `scene.choice` path, or a number from 1.
 * @param {Run} run @param {string} answer */
export function picked(run, answer) {
  const shown = run.ended ? [] : run.shownChoices();
  if (/^\d+$/.test(answer) && Number(answer) >= 1 && Number(answer) <= shown.length) return shown[Number(answer) - 1].id;
  const dot = answer.indexOf(".");
  return dot >= 0 && answer.slice(0, dot) === run.scene ? answer.slice(dot + 1) : answer;
}

const ON = new Set(["continue", "next", "1"]);

/** One run as JSON lines; the lines of one answer at a time. */
export class JsonLines {
  /** @param {any} story @param {number} seed */
  constructor(story, seed = 0) {
    this.story = story;
    this.run = new Run(story, seed);
    /** @type {any[]} */
    this.steps = [];
  }

  situation() {
    return { situation: this.run.situation() };
  }

  /** @param {string} answer @returns {any[]} the lines that answer it */
  answer(answer) {
    try {
      if (this.run.continues && ON.has(answer)) {
        this.run.readOn();
        return [this.situation()];
      }
      const taken = step(this.run, picked(this.run, answer));
      this.steps.push(taken);
      return [{ consequence: taken.consequence }, this.situation()];
    } catch (error) {
      if (!(error instanceof ChoiceNotAvailable)) throw error;
      return [{ error: { message: error.message, options: error.options } }];
    }
  }

  close() {
    if (!this.run.ended) return { paused: { scene: this.run.scene } };
    return { debrief: debrief(this.story, this.run, this.steps) };
  }
}

/** @param {string[]} args */
async function main(args) {
  const at = args.indexOf("--seed");
  const seed = at >= 0 ? Number(args.splice(at, 2)[1]) : 0;
  const [file, name] = args;
  if (!file || !Number.isInteger(seed) || seed < 0) {
    process.stderr.write("Usage: node play.mjs COURSE.html|COURSE.json [STORY] [--seed N]\n");
    return 2;
  }
  const { stories } = courseIn(file);
  const story = name ? stories.find((one) => one.id === name) : stories[0];
  if (!story) {
    process.stderr.write(`There is no story “${name}”. There are: ${stories.map((one) => one.id).join(", ")}.\n`);
    return 2;
  }
  const lines = new JsonLines(story, seed);
  const write = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);
  write(lines.situation());
  for await (const line of createInterface({ input: process.stdin })) {
    if (lines.run.ended) break;
    if (line.trim()) lines.answer(line.trim()).forEach(write);
  }
  write(lines.close());
  return 0;
}

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  process.exitCode = await main(process.argv.slice(2));
}
