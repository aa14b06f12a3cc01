import { InvalidValueError, type Encode } from "@mortise/core/adapter";

export type { Encode };

/** One parameter of a compiled statement: which caller value it takes, and how that value is encoded. */
export interface Bind {
  readonly slot: number;
  readonly encode: Encode;
}

/** The encoder of values that were encoded before: a key of a loaded row, a row of a bulk write. */
export function asItIs(value: unknown): unknown {
  return value;
}

/** Lists of binds that take every value once, in order, as it is. */
const plain = new WeakSet<readonly Bind[]>();

/** A frozen list of binds. */
export function bindList(binds: readonly Bind[]): readonly Bind[] {
  const list = Object.freeze([...binds]);
  if (list.length > 0 && list.every(({ slot, encode }, at) => slot === at && encode === asItIs)) plain.add(list);
  return list;
}

/** Encodes all parameters of a statement, in the order of its SQL. Throws before anything is sent. */
export function encodeBinds(binds: readonly Bind[], values: readonly unknown[]): unknown[] {
  if (plain.has(binds)) return values.slice(0, binds.length);
  const encoded: unknown[] = [];
  for (const bind of binds) encoded.push(bind.encode(values[bind.slot]));
  return encoded;
}

/** Refuses anything that is not a scalar, for values without a column: parameters of raw text. */
export function scalarOf(value: unknown): string | number | bigint | boolean | Date | Uint8Array | null {
  switch (typeof value) {
    case "string":
    case "bigint":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      throw new InvalidValueError("A raw parameter is NaN or infinite; give a finite number.");
    default:
      if (value === null || value instanceof Date || value instanceof Uint8Array) return value;
      throw new InvalidValueError(
        "A raw parameter must be a string, number, bigint, boolean, Date, Uint8Array or null; encode anything else yourself.",
      );
  }
}
