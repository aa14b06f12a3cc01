import fc from "fast-check";
import { keyAt } from "./arbitrary-schema.ts";
import { storedValue } from "./arbitrary-value.ts";
import type { ModelSpec, RowSpec, Value } from "./program.ts";

/** The rows of every table: up to 40, mostly few, full of nulls and ties. Rows that would break a unique key are left out. */
export function rowsArbitrary(
  models: readonly ModelSpec[],
): fc.Arbitrary<Readonly<Record<string, readonly RowSpec[]>>> {
  const tables = models.map((model) => tableArbitrary(model).map((rows) => [model.name, rows] as const));
  return fc.tuple(...tables).map((entries) => Object.fromEntries(entries));
}

function tableArbitrary(model: ModelSpec): fc.Arbitrary<readonly RowSpec[]> {
  const row = rowArbitrary(model);
  const few = fc.array(row, { maxLength: 9, size: "max" });
  const many = fc.array(row, { minLength: 10, maxLength: 40, size: "max" });
  return fc.oneof({ weight: 5, arbitrary: few }, { weight: 1, arbitrary: many }).map((rows) =>
    withoutRepeats(
      model,
      rows.map((one, at) => ({ ...one, id: keyOf(model, at) })),
    ),
  );
}

export function keyOf(model: ModelSpec, at: number): Value {
  return keyAt(model.columns[0]?.kind ?? "integer", at);
}

/** A row but for its key. Rarely deleted, where rows can be. */
export function rowArbitrary(model: ModelSpec): fc.Arbitrary<RowSpec> {
  const others = model.columns.slice(1);
  return fc.tuple(...others.map((column) => storedValue(column)), fc.integer({ min: 0, max: 2 })).map((drawn) => {
    const row = Object.fromEntries(others.map(({ name }, at) => [name, drawn[at] ?? null]));
    const hidden = model.softDelete !== undefined && drawn.at(-1) === 0;
    return hidden || model.softDelete === undefined ? row : { ...row, [model.softDelete]: null };
  });
}

function withoutRepeats(model: ModelSpec, rows: readonly RowSpec[]): readonly RowSpec[] {
  const taken = new Set<string>();
  return rows.filter((row) =>
    model.uniques.every((key) => {
      if (key.some((name) => row[name] === null)) return true;
      const text = JSON.stringify([key, key.map((name) => String(row[name]))]);
      return !taken.has(text) && taken.add(text);
    }),
  );
}
