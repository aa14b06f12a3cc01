/** Rows by a key of theirs, mapped. */
export function groupedBy<Row, Result>(
  rows: readonly Row[],
  key: (row: Row) => number,
  map: (row: Row) => Result,
): ReadonlyMap<number, Result[]> {
  const groups = new Map<number, Result[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [map(row)]);
    else group.push(map(row));
  }
  return groups;
}
