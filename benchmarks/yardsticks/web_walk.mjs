// Random plays of a story by the page's engine, shown at each step: plays a second, over all and in
// the quickest round, which is the one that nothing else on the machine disturbed. The same twenty
// plays come again and again, as the program's own engine is measured: what counts is the engine,
// not how far a large story's scenes lie apart in memory when they are met first.
//   node --expose-gc web_walk.mjs STORY.json SECONDS FOLDER_OF_THE_ENGINE
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [file, seconds, folder] = process.argv.slice(2);
const { Run } = await import(`${pathToFileURL(folder).href}/engine.mjs`);
const story = JSON.parse(readFileSync(file, "utf8"));
const PLAYS = 20;
let state = 1;
const chance = (many) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * many);
};

function twenty() {
  state = 1;
  for (let play = 0; play < PLAYS; play += 1) {
    const run = new Run(story);
    while (!run.ended) {
      const open = run.situation().options.filter((option) => option.available);
      run.choose(open[chance(open.length)].id);
    }
    run.situation();
  }
}

twenty();
globalThis.gc?.(); // what reading the file left is cleared away before the clock starts
const began = performance.now();
let [plays, quickest, before] = [0, Infinity, began];
while (before - began < Number(seconds) * 1000) {
  twenty();
  const now = performance.now();
  quickest = Math.min(quickest, now - before);
  before = now;
  plays += PLAYS;
}
process.stdout.write(`${(1000 * plays) / (before - began)} ${(1000 * PLAYS) / quickest}`);
