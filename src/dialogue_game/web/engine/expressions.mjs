// @ts-check
/** Conditions and effects: the small, safe language of stories, read into closures. */

/** What an expression reads: see `engine.mjs`, class Run.
 * @typedef {object} World
 * @property {Map<string, any>} variables
 * @property {Set<string>} visited
 * @property {Set<string>} chosen
 * @property {(name: string) => any} derived  `earned`, `decisions`
 * @property {(guideline: string) => boolean} unrepaired
 */
/** @typedef {(world: World) => any} Evaluator */
/** @typedef {{target: string, sign: string, value: Evaluator}} Effect */

export const LARGEST = 2 ** 53;
const SPACE = /(?:\s|#[^\n]*|\\\n)*/y;
const TOKEN = /(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|('(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*")|(==|!=|<=|>=|[<>+\-().,])/y;
const SHORT_ESCAPES = { n: "\n", t: "\t", r: "\r", a: "\x07", b: "\b", f: "\f", v: "\v", "\n": "" };
const FROM_SCORE = new Set(["earned", "decisions"]);

/** A number within what both engines hold exactly; anything else as it is.
 * @param {any} value */
export function bounded(value) {
  if (typeof value !== "number") return value;
  return Math.min(Math.max(value, -LARGEST), LARGEST);
}

/** @param {any} value */
function truth(value) {
  return typeof value === "string" ? value !== "" : Boolean(value);
}

/** Equal as Python has it: True is 1, and a word is never a number.
 * @param {any} left @param {any} right */
function equal(left, right) {
  if (typeof left === "string" || typeof right === "string") return left === right;
  return Number(left) === Number(right);
}

const COMPARISONS = {
  "==": equal,
  "!=": (left, right) => !equal(left, right),
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/** @param {string} source @returns {[string, string][]} kinds and texts */
function tokens(source) {
  const found = [];
  let place = 0;
  for (;;) {
    SPACE.lastIndex = place;
    place += /** @type {RegExpExecArray} */ (SPACE.exec(source))[0].length;
    if (place >= source.length) return [...found, ["end", ""]];
    TOKEN.lastIndex = place;
    const match = TOKEN.exec(source);
    if (!match) throw new Error(`This expression cannot be read: ${source}`);
    const kind = ["number", "name", "word", "sign"][match.slice(1).findIndex((part) => part !== undefined)];
    found.push([kind, match[0]]);
    place += match[0].length;
  }
}

/** What a quoted word says. @param {string} quoted */
function unquoted(quoted) {
  return quoted.slice(1, -1).replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|[0-7]{1,3}|[^])/g, (whole, code) => {
    if (/^[xu]./.test(code)) return String.fromCharCode(parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return String.fromCharCode(parseInt(code, 8));
    if (code in SHORT_ESCAPES) return SHORT_ESCAPES[code];
    return /["'\\]/.test(code) ? code : whole;
  });
}

/** Reads tokens from the loosest operator, `or`, to the tightest. */
class ExpressionReader {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
    this.tokens = tokens(source);
    this.place = 0;
  }

  get text() {
    const [kind, text] = this.tokens[this.place];
    return kind === "word" ? "" : text;
  }

  /** @param {string} text @returns {boolean} whether it stood here and was passed */
  passed(text) {
    if (this.text !== text) return false;
    this.place += 1;
    return true;
  }

  /** @param {string} text */
  expect(text) {
    if (!this.passed(text)) throw new Error(`This expression cannot be read: ${this.source}`);
  }

  /** @returns {string} the name that stands here */
  name() {
    const [kind, text] = this.tokens[this.place];
    if (kind !== "name") throw new Error(`This expression cannot be read: ${this.source}`);
    this.place += 1;
    return text;
  }

  /** @returns {Evaluator} */
  whole() {
    const evaluate = this.either();
    if (this.tokens[this.place][0] !== "end") throw new Error(`This expression cannot be read: ${this.source}`);
    return evaluate;
  }

  /** @returns {Evaluator} */
  either() {
    const parts = [this.both()];
    while (this.passed("or")) parts.push(this.both());
    return parts.length === 1 ? parts[0] : (world) => parts.some((part) => truth(part(world)));
  }

  /** @returns {Evaluator} */
  both() {
    const parts = [this.negated()];
    while (this.passed("and")) parts.push(this.negated());
    return parts.length === 1 ? parts[0] : (world) => parts.every((part) => truth(part(world)));
  }

  /** @returns {Evaluator} */
  negated() {
    if (!this.passed("not")) return this.compared();
    const inner = this.negated();
    return (world) => !truth(inner(world));
  }

  /** @returns {Evaluator} */
  compared() {
    const left = this.sum();
    const compare = COMPARISONS[this.text];
    if (!compare) return left;
    this.place += 1;
    const right = this.sum();
    return (world) => compare(left(world), right(world));
  }

  /** @returns {Evaluator} */
  sum() {
    let left = this.signed();
    while (this.text === "+" || this.text === "-") {
      const [add, first] = [this.passed("+") || !this.passed("-"), left];
      const second = this.signed();
      left = add
        ? (world) => bounded(first(world) + second(world))
        : (world) => bounded(first(world) - second(world));
    }
    return left;
  }

  /** @returns {Evaluator} */
  signed() {
    if (!this.passed("-")) return this.atom();
    const inner = this.signed();
    return (world) => -inner(world);
  }

  /** @returns {Evaluator} */
  atom() {
    const [kind, text] = this.tokens[this.place];
    if (this.passed("(")) {
      const inner = this.either();
      this.expect(")");
      return inner;
    }
    if (kind === "word") return this.words();
    this.place += 1;
    if (kind === "number") {
      const value = Number(text);
      return () => value;
    }
    if (kind !== "name") throw new Error(`This expression cannot be read: ${this.source}`);
    return this.text === "(" ? this.called(text) : named(text);
  }

  /** Quoted words side by side are one word. @returns {Evaluator} */
  words() {
    let value = "";
    while (this.tokens[this.place][0] === "word") {
      value += unquoted(this.tokens[this.place][1]);
      this.place += 1;
    }
    return () => value;
  }

  /** @param {string} name @returns {Evaluator} */
  called(name) {
    this.expect("(");
    const first = this.text === ")" ? "" : this.name();
    const path = this.passed(".") ? `${first}.${this.name()}` : first;
    this.expect(")");
    if (name === "visited") return (world) => world.visited.has(path);
    if (name === "chose") return (world) => world.chosen.has(path);
    if (name === "unrepaired") return (world) => world.unrepaired(path);
    throw new Error(`“${name}” is not part of the story language.`);
  }
}

/** @param {string} name @returns {Evaluator} */
function named(name) {
  if (/^true$/i.test(name)) return () => true;
  if (/^false$/i.test(name)) return () => false;
  if (FROM_SCORE.has(name)) {
    return (world) => (world.variables.has(name) ? world.variables.get(name) : world.derived(name));
  }
  return (world) => world.variables.get(name);
}

/** @type {Map<string, Evaluator>} */
const readExpressions = new Map();

/** The expression written in `source`. @param {string} source @returns {Evaluator} */
export function parse(source) {
  let found = readExpressions.get(source);
  if (!found) {
    found = new ExpressionReader(source).whole();
    readExpressions.set(source, found);
  }
  return found;
}

/** Whether a condition holds; the empty one always does.
 * @param {string | undefined} condition @param {World} world */
export function holds(condition, world) {
  return !condition || truth(parse(condition)(world));
}

/** @type {Map<string, Effect>} */
const effects = new Map();

/** `name = value`, `name += number` or `name -= number`.
 * @param {string} source @returns {Effect} */
export function parseEffect(source) {
  let found = effects.get(source);
  if (!found) {
    const parts = /^([^=+-]*)(\+=|-=|=)([^]*)$/.exec(source);
    if (!parts) throw new Error(`“${source}” is not an effect.`);
    found = { target: parts[1].trim(), sign: parts[2], value: parse(parts[3]) };
    effects.set(source, found);
  }
  return found;
}

/** Apply these effects in order; each reads what those before it left.
 * @param {readonly string[]} sources @param {World} world */
export function apply(sources, world) {
  for (const source of sources) {
    const { target, sign, value } = parseEffect(source);
    const given = value(world);
    const before = world.variables.get(target);
    const after = sign === "=" ? given : sign === "+=" ? before + given : before - given;
    world.variables.set(target, bounded(after));
  }
}
