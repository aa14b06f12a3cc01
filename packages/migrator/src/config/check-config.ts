import { configError } from "./config-error.ts";
import type { ConnectionSettings, MortiseConfig } from "./define-config.ts";
import { didYouMean } from "./nearest.ts";

/** What a value of the configuration has to be: a rule for each key, so that a key without one does not compile. */
type Rules<T> = Readonly<Record<keyof T, Rule>>;
type Rule = (value: unknown, key: string) => void;

/** Says in a sentence what is wrong with a configuration. */
export function checkConfig(given: unknown, file: string): asserts given is MortiseConfig {
  if (!isRecord(given)) {
    throw configError(
      `${file} exports no configuration. End it with: export default defineConfig({ connections: { … } }).`,
    );
  }
  try {
    checkKeys(given, configRules, "");
    checkDefault(given);
  } catch (error) {
    if (error instanceof RuleError) throw configError(`${file}: ${error.message}`);
    throw error;
  }
}

/** Becomes a sentence that names the file. */
class RuleError extends Error {}

const isText: Rule = (value, key) => requireThat(typeof value === "string" && value !== "", key, "a text");
const isMilliseconds: Rule = (value, key) =>
  requireThat(Number.isSafeInteger(value) && Number(value) >= 1, key, "a whole number of milliseconds, 1 or more");
const isFlag: Rule = (value, key) => requireThat(typeof value === "boolean", key, "true or false");
const isTexts: Rule = (value, key) =>
  requireThat(
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string"),
    key,
    "a list of texts",
  );
const isFunction: Rule = (value, key) => requireThat(typeof value === "function", key, "a function");
const isTextOrTexts: Rule = (value, key) => (Array.isArray(value) ? isTexts(value, key) : isText(value, key));
const oneOf =
  (...words: readonly string[]): Rule =>
  (value, key) =>
    requireThat(
      words.some((word) => word === value),
      key,
      words.map((word) => `"${word}"`).join(" or "),
    );
const record =
  (rules: Readonly<Record<string, Rule>>): Rule =>
  (value, key) => {
    if (!isRecord(value)) throw new RuleError(`"${key}" must be an object.`);
    checkKeys(value, rules, `${key}.`);
  };
const isSchemaSource: Rule = (value, key) =>
  requireThat(
    (typeof value === "string" && value !== "") || typeof value === "function" || isRecord(value),
    key,
    "a path, a schema, or a function that imports one",
  );

const migrationRules: Rules<NonNullable<MortiseConfig["migrations"]>> = {
  directory: isTextOrTexts,
  tableName: isText,
  schemaName: isText,
  extension: oneOf("ts", "js", "sql"),
  loadExtensions: isTexts,
  sortDirsSeparately: isFlag,
  stub: isText,
  lockTimeout: isMilliseconds,
  online: isFlag,
};
const folderRules: Rules<NonNullable<MortiseConfig["models"]>> = { directory: isText, extension: oneOf("ts", "js") };
const logRules: Rules<NonNullable<MortiseConfig["log"]>> = {
  debug: isFunction,
  warn: isFunction,
  error: isFunction,
  deprecate: isFunction,
};
const connectionRules: Rules<ConnectionSettings> = {
  adapter: (value, key) => requireThat(isAdapterSource(value), key, adapterWords),
  schema: isSchemaSource,
  migrations: record(migrationRules),
};
const adapterWords = 'an adapter, such as sqlite({ filename: "app.db" }), or a function that gives one';

const configRules: Rules<MortiseConfig> = {
  schema: isSchemaSource,
  default: isText,
  connections: (value, key) => {
    if (!isRecord(value) || Object.keys(value).length === 0) {
      throw new RuleError(`"${key}" must name one connection or more: { main: sqlite({ filename: "app.db" }) }.`);
    }
    for (const [name, connection] of Object.entries(value)) checkConnection(connection, `${key}.${name}`);
  },
  migrations: record(migrationRules),
  models: record(folderRules),
  seeds: record(folderRules),
  factories: record(folderRules),
  log: record(logRules),
  debug: isFlag,
};

function checkConnection(connection: unknown, key: string): void {
  if (isAdapterSource(connection)) return;
  if (isRecord(connection) && "adapter" in connection) return checkKeys(connection, connectionRules, `${key}.`);
  throw new RuleError(`"${key}" must be ${adapterWords}.`);
}

/** Adapters are values with these two functions, whatever their package. */
export function isAdapterSource(value: unknown): boolean {
  return typeof value === "function" || (isRecord(value) && "compile" in value && "connect" in value);
}

function checkKeys(
  given: Readonly<Record<string, unknown>>,
  rules: Readonly<Record<string, Rule>>,
  path: string,
): void {
  for (const [key, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      throw new RuleError(`There is no setting "${path}${key}".${didYouMean(key, Object.keys(rules))}`);
    }
    if (value !== undefined) rule(value, path + key);
  }
}

function checkDefault({ connections, default: named }: Readonly<Record<string, unknown>>): void {
  if (connections === undefined) {
    throw new RuleError('"connections" is missing. Name one: connections: { main: sqlite({ filename: "app.db" }) }.');
  }
  const names = Object.keys(Object(connections));
  if (typeof named !== "string" || names.includes(named)) return;
  throw new RuleError(`"default" is "${named}", and no connection has that name.${didYouMean(named, names)}`);
}

function requireThat(holds: boolean, key: string, what: string): void {
  if (!holds) throw new RuleError(`"${key}" must be ${what}.`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
