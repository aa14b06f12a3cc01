import { columnSemantics } from "./column-semantics.ts";
import { documentValues } from "./document-values.ts";
import { encryptedColumns } from "./encrypted-columns.ts";
import { exactSums } from "./exact-sums.ts";
import { generatedKeys } from "./generated-keys.ts";
import { numberValues } from "./number-values.ts";
import { refusedValues } from "./refused-values.ts";
import type { Target } from "./target.ts";
import { textValues } from "./text-values.ts";
import { timeValues } from "./time-values.ts";
import type { ValueCase } from "./value-case.ts";
import { valueMatrix } from "./value-matrix.ts";

/** Everything about values on one engine; `own` are the types that only it has. */
export function runValues(target: Target, own: readonly ValueCase[] = []): void {
  const all = [...numberValues, ...textValues, ...timeValues, ...documentValues, ...own];
  const cases = all.filter(({ name }) => target.exclusions?.[name] === undefined);
  valueMatrix(target, cases);
  refusedValues(target, cases);
  exactSums(target);
  generatedKeys(target);
  encryptedColumns(target);
  columnSemantics(target);
}
