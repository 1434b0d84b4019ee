// @ts-check
/** Two sequences laid side by side as Python's difflib does it, so that both engines agree. */

/** @typedef {[string, number, number, number, number]} Opcode */

/** @param {string[]} left @param {string[]} right @returns {Opcode[]} `equal` or `differs`, with the spans */
export function opcodes(left, right) {
  /** @type {Opcode[]} */
  const found = [];
  let [i, j] = [0, 0];
  for (const [ai, bj, size] of [...matchingBlocks(left, right), [left.length, right.length, 0]]) {
    if (i < ai || j < bj) found.push(["differs", i, ai, j, bj]);
    if (size) found.push(["equal", ai, ai + size, bj, bj + size]);
    [i, j] = [ai + size, bj + size];
  }
  return found;
}

/** @returns {[number, number, number][]} */
function matchingBlocks(left, right) {
  const places = new Map();
  right.forEach((item, j) => places.set(item, [...(places.get(item) ?? []), j]));
  const queue = [[0, left.length, 0, right.length]];
  const found = [];
  while (queue.length) {
    const [alo, ahi, blo, bhi] = /** @type {number[]} */ (queue.pop());
    const [i, j, size] = longestMatch(left, places, alo, ahi, blo, bhi);
    if (!size) continue;
    found.push(/** @type {[number, number, number]} */ ([i, j, size]));
    if (alo < i && blo < j) queue.push([alo, i, blo, j]);
    if (i + size < ahi && j + size < bhi) queue.push([i + size, ahi, j + size, bhi]);
  }
  found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  return merged(found);
}

/** The longest match; of equals the one that begins first on the left, then on the right. */
function longestMatch(left, places, alo, ahi, blo, bhi) {
  let best = [alo, blo, 0];
  let lengths = new Map();
  for (let i = alo; i < ahi; i += 1) {
    const next = new Map();
    for (const j of places.get(left[i]) ?? []) {
      if (j < blo) continue;
      if (j >= bhi) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  return best;
}

/** Blocks that touch become one. @param {[number, number, number][]} blocks */
function merged(blocks) {
  /** @type {[number, number, number][]} */
  const found = [];
  for (const [i, j, size] of blocks) {
    const last = found[found.length - 1];
    if (last && last[0] + last[2] === i && last[1] + last[2] === j) last[2] += size;
    else found.push([i, j, size]);
  }
  return found;
}
