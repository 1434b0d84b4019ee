// Random plays of a compiled story by the page's engine, shown at each step: plays a second.
//   node web_walk.mjs STORY.json SECONDS FOLDER_OF_THE_ENGINE
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [file, seconds, folder] = process.argv.slice(2);
const { Run } = await import(`${pathToFileURL(folder).href}/engine.mjs`);
const story = JSON.parse(readFileSync(file, "utf8"));
const began = performance.now();
let plays = 0;
while (performance.now() - began < Number(seconds) * 1000) {
  const run = new Run(story);
  while (!run.ended) {
    const open = run.situation().options.filter((option) => option.available);
    run.choose(open[Math.floor(Math.random() * open.length)].id);
  }
  run.situation();
  plays += 1;
}
process.stdout.write(String((1000 * plays) / (performance.now() - began)));
