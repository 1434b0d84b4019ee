// Random plays of a generated story by inkjs, the ink runtime in JavaScript: plays a second.
//   node ink_walk.mjs STORY.json SECONDS FOLDER_OF_INKJS
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [file, seconds, folder] = process.argv.slice(2);
const { Compiler } = createRequire(`${folder}/package.json`)("inkjs/full");
const { scenes, start, endings } = JSON.parse(readFileSync(file, "utf8"));
const choice = (one) => `* ${one.text}\n${one.consequence}\n-> ${one.goto}`;
const knot = ([id, scene]) => `=== ${id} ===\n${scene.title}\n${scene.text}\n${scene.choices.map(choice).join("\n")}`;
const source = [`-> ${start}`, ...Object.entries(scenes).map(knot), ...Object.keys(endings).map((id) => `=== ${id} ===\nIt ends.\n-> END`)].join("\n");
const story = new Compiler(source).Compile();
const began = performance.now();
let plays = 0;
while (performance.now() - began < Number(seconds) * 1000) {
  story.ResetState();
  for (;;) {
    while (story.canContinue) story.Continue();
    const { length } = story.currentChoices;
    if (!length) break;
    story.ChooseChoiceIndex(Math.floor(Math.random() * length));
  }
  plays += 1;
}
process.stdout.write(String((1000 * plays) / (performance.now() - began)));
