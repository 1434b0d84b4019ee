// Plays many walks in one process: a JSON object in on standard input, digests (or lines) out.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const engine = pathToFileURL(`${process.argv[2]}/`).href;
const { JsonLines } = await import(`${engine}play.mjs`);
const { compare } = await import(`${engine}compare.mjs`);
const { stories, walks, pairs, words, whole } = JSON.parse(readFileSync(0, "utf8"));

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function played({ story, seed, picks }) {
  const lines = new JsonLines(stories[story], seed);
  const told = [lines.situation(), ...picks.flatMap((pick) => lines.answer(pick)), lines.close()];
  const choices = lines.steps.map((step) => ({ scene: step.scene, choice: step.choice.id }));
  return [told, { choices, ended: lines.run.ended }];
}

function guarded(make) {
  try {
    const lines = make().map(canonical).join("\n");
    return whole ? lines : createHash("sha256").update(lines).digest("hex");
  } catch (error) {
    return `${error}`;
  }
}

const runs = walks.map((walk) => guarded(() => played(walk)[0]));
const compared = pairs.map(([left, right]) =>
  guarded(() => {
    const side = (at) => {
      const [, made] = played(walks[at]);
      return { id: `r${at}`, story: stories[walks[at].story], ...made, seed: walks[at].seed };
    };
    return [compare(side(left), { ...side(right), who: "other" }, words)];
  }),
);
process.stdout.write(JSON.stringify({ runs, compared }));
