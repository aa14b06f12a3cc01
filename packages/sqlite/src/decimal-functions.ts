import { InvalidValueError } from "@mortise/core/adapter";
import type { Database } from "better-sqlite3";
import {
  addDecimals,
  averageDecimal,
  compareDecimals,
  decimalSortKey,
  storedDecimal,
  subtractDecimals,
} from "@mortise/sql/codecs";

/** The functions by which decimal columns sort, add up and average exactly. Tables never depend on them, only queries do. */
export const decimalFunctions = {
  key: "mortise_decimal_key",
  add: "mortise_decimal_add",
  subtract: "mortise_decimal_subtract",
  sum: "mortise_decimal_sum",
  avg: "mortise_decimal_avg",
  min: "mortise_decimal_min",
  max: "mortise_decimal_max",
} as const;

export function registerDecimalFunctions(database: Database): void {
  const deterministic = { deterministic: true, safeIntegers: true };
  database.function(decimalFunctions.key, deterministic, (value: unknown) =>
    value === null ? null : decimalSortKey(decimalOf(value)),
  );
  database.function(decimalFunctions.add, deterministic, (left: unknown, right: unknown) =>
    left === null || right === null ? null : addDecimals(decimalOf(left), decimalOf(right)),
  );
  database.function(decimalFunctions.subtract, deterministic, (left: unknown, right: unknown) =>
    left === null || right === null ? null : subtractDecimals(decimalOf(left), decimalOf(right)),
  );
  registerSums(database);
  registerExtremes(database);
}

interface Sum {
  readonly total: string;
  readonly count: number;
}

const nothing = (): Sum => ({ total: "0", count: 0 });

function registerSums(database: Database): void {
  const options = { safeIntegers: true, start: nothing };
  const step = (sum: Sum, value: unknown): Sum =>
    value === null ? sum : { total: addDecimals(sum.total, decimalOf(value)), count: sum.count + 1 };
  const inverse = (sum: Sum, value: unknown): Sum =>
    value === null ? sum : { total: subtractDecimals(sum.total, decimalOf(value)), count: sum.count - 1 };
  const sumOf = ({ total, count }: Sum) => (count === 0 ? null : total);
  const averageOf = ({ total, count }: Sum) => (count === 0 ? null : averageDecimal(total, count));
  database.aggregate(decimalFunctions.sum, { ...options, step, inverse, result: sumOf });
  database.aggregate(decimalFunctions.avg, { ...options, step, inverse, result: averageOf });
}

function registerExtremes(database: Database): void {
  const extreme = (sign: 1 | -1) => (best: string | null, value: unknown) => {
    if (value === null) return best;
    const decimal = decimalOf(value);
    return best === null || compareDecimals(decimal, best) * sign > 0 ? decimal : best;
  };
  const options = { safeIntegers: true, start: null };
  database.aggregate<string | null>(decimalFunctions.max, { ...options, step: extreme(1) });
  database.aggregate<string | null>(decimalFunctions.min, { ...options, step: extreme(-1) });
}

function decimalOf(value: unknown): string {
  const canonical = storedDecimal(value);
  if (canonical !== undefined) return canonical;
  throw new InvalidValueError("A decimal column holds a stored value that is not a decimal number.");
}
