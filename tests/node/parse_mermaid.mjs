// Reads a JSON array of diagrams on stdin; prints a JSON array: "" where Mermaid can parse one,
// else what it says.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!doctype html><body></body>");
globalThis.window = dom.window;
globalThis.document = dom.window.document;
globalThis.Element = dom.window.Element;
const mermaid = (await import("mermaid")).default;
mermaid.initialize({ startOnLoad: false });
const answers = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  try {
    await mermaid.parse(text);
    answers.push("");
  } catch (error) {
    answers.push(String(error.message || error));
  }
}
console.log(JSON.stringify(answers));
