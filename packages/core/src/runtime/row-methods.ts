import type { SchemaEntry, SchemaRegistry } from "../model/relation.ts";

/** What rows can do, by the name that stands on their prototype. */
export type RowMethods = Readonly<Record<string, (row: object, given: readonly unknown[]) => Promise<object>>>;

/**
 * The registry of one database: its classes stand over the schema's, and their rows know the database, at no cost for a row.
 * Only data is a row's own.
 */
export function withRowMethods(registry: SchemaRegistry, methods: RowMethods): SchemaRegistry {
  const bound = new Map(
    registry.entries.map((entry): [SchemaEntry, SchemaEntry] => [
      entry,
      Object.freeze({ ...entry, model: rowClass(entry.model, methods) }),
    ]),
  );
  const entryOf = (entry: SchemaEntry): SchemaEntry => bound.get(entry) ?? entry;
  return Object.freeze({
    entries: Object.freeze(registry.entries.map(entryOf)),
    byModel: new Map([...registry.byModel].map(([model, entry]) => [model, entryOf(entry)])),
    byInfo: new Map([...registry.byInfo].map(([info, entry]) => [info, entryOf(entry)])),
  });
}

/** A class whose rows are still the model's: `row.constructor` stays the schema's. */
function rowClass(model: new () => object, methods: RowMethods): new () => object {
  const own = class extends model {};
  Reflect.deleteProperty(own.prototype, "constructor");
  for (const [name, method] of Object.entries(methods)) {
    const value = function (this: object, ...given: unknown[]): Promise<object> {
      return method(this, given);
    };
    Object.defineProperty(own.prototype, name, { value, configurable: true, writable: true });
  }
  return own;
}
