type RowClass = new () => object;

/** The driver's row that the next object is built from. Rows are built synchronously, so one place serves all. */
let current: readonly unknown[] = [];

/** Builds one object from a positional row. */
export type BuildRow = (row: readonly unknown[]) => object;

/**
 * Makes objects with the given properties, in order, as instances of `base`.
 *
 * Computed class fields define own properties at a class's own, constant shape, which is several times faster than
 * assigning keys in a loop and needs no generated code. Fields come in chunks of eight, four and one.
 */
export function rowBuilder(base: RowClass, names: readonly string[]): BuildRow {
  let row = base;
  let at = 0;
  for (; names.length - at >= 8; at += 8) row = eightFields(row, at, ...take<Names8>(names, at, 8));
  for (; names.length - at >= 4; at += 4) row = fourFields(row, at, ...take<Names4>(names, at, 4));
  for (; names.length - at >= 1; at += 1) row = oneField(row, at, ...take<Names1>(names, at, 1));
  for (let own = row; own !== base; own = Reflect.getPrototypeOf(own) as RowClass) {
    Reflect.deleteProperty(own.prototype, "constructor");
  }
  return (values) => {
    current = values;
    return new row();
  };
}

type Names1 = ["f0"];
type Names4 = ["f0", "f1", "f2", "f3"];
type Names8 = ["f0", "f1", "f2", "f3", "f4", "f5", "f6", "f7"];

/** A computed field needs a literal type for its name; the names are whatever the query selects. */
function take<N extends readonly string[]>(names: readonly string[], from: number, count: number): N {
  return names.slice(from, from + count) as unknown as N;
}

function oneField(base: RowClass, i0: number, f0: "f0"): RowClass {
  return class extends base {
    [f0] = current[i0];
  };
}

function fourFields(base: RowClass, i0: number, f0: "f0", f1: "f1", f2: "f2", f3: "f3"): RowClass {
  const [i1, i2, i3] = [i0 + 1, i0 + 2, i0 + 3];
  return class extends base {
    [f0] = current[i0];
    [f1] = current[i1];
    [f2] = current[i2];
    [f3] = current[i3];
  };
}

function eightFields(base: RowClass, i0: number, ...names: Names8): RowClass {
  const [f0, f1, f2, f3, f4, f5, f6, f7] = names;
  const [i1, i2, i3, i4, i5, i6, i7] = [i0 + 1, i0 + 2, i0 + 3, i0 + 4, i0 + 5, i0 + 6, i0 + 7];
  return class extends base {
    [f0] = current[i0];
    [f1] = current[i1];
    [f2] = current[i2];
    [f3] = current[i3];
    [f4] = current[i4];
    [f5] = current[i5];
    [f6] = current[i6];
    [f7] = current[i7];
  };
}
