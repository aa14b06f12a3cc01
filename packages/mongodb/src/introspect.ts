import type { IndexState, SchemaState, TableState, UniqueState, UnmanagedState } from "@mortise/core/state";
import type { Db, Document } from "mongodb";
import { plainText } from "./extended-json.ts";
import { readIndex } from "./index-document.ts";
import { isOwnCollection } from "./own-collections.ts";
import { readValidator } from "./validator.ts";

/** The collections of a database as tables: columns and checks from their validators, keys from their indexes. */
export async function inspect(db: Db): Promise<SchemaState> {
  const tables: TableState[] = [];
  const unmanaged: UnmanagedState[] = [];
  const collections: readonly Document[] = await db.listCollections().toArray();
  for (const info of collections.toSorted((a, b) => (a["name"] < b["name"] ? -1 : 1))) {
    const { name, type = "collection", options = {} } = info;
    if (name.startsWith("system.") || isOwnCollection(name)) continue;
    const kind = kindOf(type, options);
    if (kind === undefined) tables.push(tableOf(name, options, await db.collection(name).listIndexes().toArray()));
    else unmanaged.push({ kind, name });
  }
  return { tables, enums: [], unmanaged };
}

/** What a collection is beside a plain one. Such a collection is as it was made, and none of ours. */
function kindOf(type: string, options: Document): string | undefined {
  if (type !== "collection") return type === "timeseries" ? "time series" : type;
  if (options["capped"] === true) return "capped collection";
  if (options["clusteredIndex"] !== undefined) return "clustered collection";
  return options["encryptedFields"] === undefined ? undefined : "encrypted collection";
}

function tableOf(name: string, options: Document, indexes: readonly Document[]): TableState {
  const { columns, checks, comment, unmanaged } = readValidator(options["validator"]);
  const read = indexes
    .filter((index) => index["name"] !== "_id_")
    .map((index) => ({ index, state: readIndex(index, { columns }, options["collation"]) }));
  const unread = read.flatMap(({ index, state }): readonly UnmanagedState[] =>
    state === undefined ? [{ kind: "index", name: String(index["name"]), definition: plainText(index["key"]) }] : [],
  );
  return {
    name,
    namespace: undefined,
    columns,
    primaryKey: columns.some((column) => column.name === "_id") ? { columns: ["_id"], name: undefined } : undefined,
    uniques: read.flatMap(({ state }) => (state !== undefined && isUniqueKey(state) ? [state] : [])),
    indexes: read.flatMap(({ state }) => (state === undefined || isUniqueKey(state) ? [] : [state])),
    foreignKeys: [],
    checks,
    options: { strict: undefined, withoutRowid: false, engine: undefined, charset: undefined, collation: undefined },
    comment,
    renamedFrom: undefined,
    unmanaged: [...unmanaged, ...leniency(options), ...unread],
  };
}

function isUniqueKey(state: IndexState | UniqueState): state is UniqueState {
  return !("unique" in state);
}

/** How strictly a validator is held to, where that is not how it is by default. A change of rules leaves it as it is. */
function leniency({ validationLevel = "strict", validationAction = "error" }: Document): readonly UnmanagedState[] {
  return [
    ...(validationLevel === "strict" ? [] : [{ kind: "validation level", name: String(validationLevel) }]),
    ...(validationAction === "error" ? [] : [{ kind: "validation action", name: String(validationAction) }]),
  ];
}
