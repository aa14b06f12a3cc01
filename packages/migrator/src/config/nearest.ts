/** The known name that a misspelt one is most like, when it is like one at all. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((other) => ({ other, edits: distance(name.toLowerCase(), other.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  return best !== undefined && best.edits <= Math.max(1, Math.floor(name.length / 3)) ? best.other : undefined;
}

/** ` Did you mean "directory"?`, or the names there are. */
export function didYouMean(name: string, known: readonly string[]): string {
  const found = nearest(name, known);
  return found === undefined ? ` There is: ${known.join(", ")}.` : ` Did you mean "${found}"?`;
}

/** How many letters must be changed, added, taken away or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = cost(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? cost(before, j - 2) + 1 : change;
      next.push(Math.min(change, swap, cost(row, j) + 1, cost(next, j - 1) + 1));
    }
    before = row;
    row = next;
  }
  return cost(row, b.length);
}

function cost(row: readonly number[], at: number): number {
  return row[at] ?? Number.POSITIVE_INFINITY;
}
