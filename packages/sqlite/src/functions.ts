import type { Database } from "better-sqlite3";
import { registerDecimalFunctions } from "./decimal-functions.ts";
import { foldCase } from "./glob-pattern.ts";
import { jsonContains } from "./json-contains.ts";
import { registerListFunctions } from "./list-form.ts";

/** What SQLite gives a function. */
type SqlValue = string | number | bigint | Buffer | null;

/** Gives a connection the functions that our queries call. No table depends on any of them. */
export function registerFunctions(database: Database): void {
  const deterministic = { deterministic: true };
  registerDecimalFunctions(database);
  registerListFunctions(database);
  database.function("mortise_fold", deterministic, (text: SqlValue) => (text === null ? null : foldCase(String(text))));
  database.function("regexp", deterministic, regexpFunction());
  database.function("mortise_json_contains", deterministic, (document: SqlValue, value: SqlValue) =>
    document === null ? null : Number(jsonContains(JSON.parse(String(document)), JSON.parse(String(value)))),
  );
}

/** `text regexp pattern` calls `regexp(pattern, text)`; the pattern of the row before is usually that of the next. */
function regexpFunction(): (pattern: SqlValue, text: SqlValue) => number | null {
  let last = /(?:)/u;
  let lastPattern = "(?:)";
  return (pattern, text) => {
    if (pattern === null || text === null) return null;
    if (pattern !== lastPattern) {
      lastPattern = String(pattern);
      last = new RegExp(lastPattern, "u");
    }
    return Number(last.test(String(text)));
  };
}
