import { columnSemantics } from "./column-semantics.ts";
import { encryptedColumns } from "./encrypted-columns.ts";
import { expect, it } from "vitest";
import { exactSumNames, exactSums } from "./exact-sums.ts";
import { generatedKeys } from "./generated-keys.ts";
import { refusedValues } from "./refused-values.ts";
import type { Target } from "./target.ts";
import type { ValueCase } from "./value-case.ts";
import { valueCases } from "./value-cases.ts";
import { valueMatrix } from "./value-matrix.ts";

/** Everything about values on one engine; `own` are the types that only it has. */
export function runValues(target: Target, own: readonly ValueCase[] = []): void {
  const { exclusions = {} } = target;
  const cases = [...valueCases, ...own].filter(({ name }) => !Object.hasOwn(exclusions, name));
  valueMatrix(target, cases);
  refusedValues(target, cases);
  exactSums(target);
  generatedKeys(target);
  encryptedColumns(target);
  columnSemantics(target);
  it("has no exclusion without a case", () => {
    const known = new Set([...valueCases.map(({ name }) => name), ...exactSumNames]);
    expect(Object.keys(exclusions).filter((name) => !known.has(name))).toEqual([]);
  });
}
