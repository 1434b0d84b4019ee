// @ts-check
/** Texts with holes: `{variable}`, and `{if condition: text|otherwise}` inside a sentence. */
import { holds } from "./expressions.mjs";

/** @typedef {string | {variable: string}} Simple */
/** @typedef {Simple | {when: string, then: Simple[], otherwise: Simple[]}} Piece */

const NAME = /^[\p{XID_Start}_][\p{XID_Continue}]*$/u;
const OPENING = /\{if\s/y;
const QUOTED = /'[^']*'|"[^"]*"|:/g;

/** Reads one text from left to right. */
class TextReader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  /** @returns {Piece[]} */
  read() {
    /** @type {Piece[]} */
    const pieces = [];
    while (this.at < this.text.length) {
      const inline = this.opens() ? this.inline() : null;
      addPiece(pieces, inline ?? this.next());
    }
    return pieces;
  }

  opens() {
    OPENING.lastIndex = this.at;
    return OPENING.test(this.text);
  }

  /** The next letter, brace or variable. @returns {Simple} */
  next() {
    const { text, at } = this;
    const two = text.slice(at, at + 2);
    if (two === "{{" || two === "}}") {
      this.at += 2;
      return text[at];
    }
    const end = text[at] === "{" ? text.indexOf("}", at) : -1;
    const name = end > 0 ? text.slice(at + 1, end) : "";
    if (NAME.test(name)) {
      this.at = end + 1;
      return { variable: name };
    }
    this.at += 1;
    return text[at];
  }

  /** The condition and branches that begin here, or null where it is none. @returns {Piece | null} */
  inline() {
    const opened = this.at;
    const start = opened + 4;
    const colon = this.colon(start);
    if (colon < 0) return null;
    this.at = colon + (this.text[colon + 1] === " " ? 2 : 1);
    let [then, ended] = this.branch("|}");
    /** @type {Simple[]} */
    let otherwise = [];
    if (ended === "|") [otherwise, ended] = this.branch("}");
    if (ended === "}") return { when: this.text.slice(start, colon).trim(), then, otherwise };
    this.at = opened;
    return null;
  }

  /** The first colon outside quotes. @param {number} start */
  colon(start) {
    QUOTED.lastIndex = start;
    for (let found = QUOTED.exec(this.text); found; found = QUOTED.exec(this.text)) {
      if (found[0] === ":") return found.index;
    }
    return -1;
  }

  /** The pieces up to one of `ends`, and what ended them. @returns {[Simple[], string]} */
  branch(ends) {
    /** @type {Simple[]} */
    const pieces = [];
    while (this.at < this.text.length) {
      const here = this.text[this.at];
      const two = this.text.slice(this.at, this.at + 2);
      if (two === "||") {
        addPiece(pieces, "|");
        this.at += 2;
      } else if (two !== "{{" && two !== "}}" && (here === "|" || here === "}" || this.opens())) {
        if (ends.includes(here)) this.at += 1;
        return [pieces, here];
      } else {
        addPiece(pieces, this.next());
      }
    }
    return [pieces, ""];
  }
}

/** Letters side by side become one piece. @param {Piece[]} pieces @param {Piece} piece */
function addPiece(pieces, piece) {
  const last = pieces.length - 1;
  if (typeof piece === "string" && typeof pieces[last] === "string") pieces[last] += piece;
  else pieces.push(piece);
}

/** @type {Map<string, Piece[]>} */
const readTexts = new Map();

/** The text as it reads now. @param {string} text
 * @param {import("./expressions.mjs").World & {spoken: (name: string) => string}} world */
export function told(text, world) {
  if (!text || (!text.includes("{") && !text.includes("}"))) return text;
  let pieces = readTexts.get(text);
  if (!pieces) {
    pieces = new TextReader(text).read();
    readTexts.set(text, pieces);
  }
  return joined(pieces, world);
}

/** @param {Piece[]} pieces @returns {string} */
function joined(pieces, world) {
  let text = "";
  for (const piece of pieces) {
    if (typeof piece === "string") text += piece;
    else if ("variable" in piece) text += world.spoken(piece.variable);
    else text += joined(holds(piece.when, world) ? piece.then : piece.otherwise, world);
  }
  return text;
}

/** A value as a reader sees it: flags as words, whole numbers without a point, no exponent.
 * @param {any} value */
export function spoken(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value ?? "");
  const written = String(value);
  return written.includes("e") ? withoutExponent(written) : written;
}

/** @param {string} written */
function withoutExponent(written) {
  const [, sign, first, rest = "", exponent] = /** @type {RegExpExecArray} */ (
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(written)
  );
  const power = Number(exponent);
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${first}${rest}`;
  return sign + first + rest.padEnd(power, "0");
}

/** A reading of a story's clock in words. @param {any} clock @param {number} minutes */
export function clockTime(clock, minutes) {
  const whole = Math.floor(minutes);
  const day = Math.floor(whole / 1440);
  const minute = whole - day * 1440;
  const two = (number) => String(number).padStart(2, "0");
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  if (clock.weekday < 0) return `day ${day + 1} ${time}`;
  const count = clock.days.length;
  const name = clock.days[(((clock.weekday + day) % count) + count) % count];
  return day < count ? `${name} ${time}` : `${name} ${time}, day ${day + 1}`;
}

/** FNV-1a, 32 bits, of a text's UTF-8 bytes: the order of options under a seed. @param {string} text */
export function fnv1a(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
