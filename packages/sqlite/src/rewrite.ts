import {
  changedTable,
  isDerivedName,
  type Change,
  type SchemaState,
  type TableChange,
  type TableState,
} from "@mortise/core/state";
import { foldName } from "./spelling.ts";
import { isStrictType } from "./table-ddl.ts";

/**
 * Changes as SQLite can make them: a foreign key comes with its new column, an index is renamed by making it again, and what ALTER TABLE
 * cannot do is done by building the table anew, together with everything else that changes in it.
 */
export function rewrite(changes: readonly Change[], actual: SchemaState): readonly Change[] {
  const tables = new Map(actual.tables.map((table) => [foldName(table.name), table]));
  const plain = mergeForeignKeys(changes.map((change) => remadeIndex(change, tables)));
  const isStrict = (table: string): boolean => tables.get(foldName(table))?.options.strict === true;
  const anew = new Set(
    plain.flatMap((change) => {
      const isLoose = change.kind === "addColumn" && isStrict(change.table) && !isStrictType(change.column);
      return isTableChange(change) && (isLoose || needsRebuild(change)) ? [foldName(change.table)] : [];
    }),
  );
  const done = new Set<string>();
  return plain.flatMap((change): readonly Change[] => {
    if (!isTableChange(change) || isRename(change) || !anew.has(foldName(change.table))) return [change];
    const name = foldName(change.table);
    const table = tables.get(name);
    if (done.has(name) || table === undefined) return [];
    done.add(name);
    return [rebuilt(table, plain)];
  });
}

function rebuilt(from: TableState, all: readonly Change[]): Change {
  const changes = all.filter(
    (change): change is TableChange =>
      isTableChange(change) && !isRename(change) && foldName(change.table) === foldName(from.name),
  );
  return {
    kind: "changeTable",
    table: from.name,
    namespace: from.namespace,
    from,
    to: loosened(changes.reduce(changedTable, from), changes),
    changes,
  };
}

/** A table stays STRICT as long as its types exist there, unless the schema asks for it. */
function loosened(table: TableState, changes: readonly TableChange[]): TableState {
  const isAsked = changes.some(({ kind }) => kind === "alterTable");
  if (isAsked || table.columns.every(isStrictType)) return table;
  return { ...table, options: { ...table.options, strict: false } };
}

function isTableChange(change: Change): change is TableChange {
  return "table" in change && typeof change.table === "string" && change.kind !== "changeTable";
}

function isRename(change: TableChange): boolean {
  return change.kind === "renameTable" || change.kind === "renameColumn";
}

/** What ALTER TABLE has no words for. An unnamed check or unique key is part of the table's text. */
function needsRebuild(change: TableChange): boolean {
  switch (change.kind) {
    case "alterTable":
    case "alterColumn":
    case "dropColumn":
    case "setPrimaryKey":
    case "addForeignKey":
    case "replaceForeignKey":
    case "dropForeignKey":
      return true;
    case "addColumn":
      return change.column.autoIncrement || change.column.generated?.stored === true;
    case "replaceCheck":
      return change.from.name === undefined;
    case "dropCheck":
      return change.check.name === undefined;
    case "dropUnique":
      return true;
    case "replaceUnique":
      return !isDerivedName(change.from.name, change.table, change.from.columns, "unique");
    default:
      return false;
  }
}

function remadeIndex(change: Change, tables: ReadonlyMap<string, TableState>): Change {
  if (change.kind !== "renameIndex") return change;
  const table = tables.get(foldName(change.table));
  const index = table?.indexes.find(({ name }) => name === change.from);
  if (index !== undefined) return { ...change, kind: "replaceIndex", from: index, to: { ...index, name: change.to } };
  const unique = table?.uniques.find(({ name }) => name === change.from);
  if (unique === undefined) return change;
  return { ...change, kind: "replaceUnique", from: unique, to: { ...unique, name: change.to } };
}

/** SQLite adds a foreign key to an existing table only together with its column. */
function mergeForeignKeys(changes: readonly Change[]): readonly Change[] {
  const merged = new Set<Change>();
  const rewritten = changes.map((change): Change => {
    if (change.kind !== "addColumn" || change.foreignKey !== undefined) return change;
    const key = changes.find(
      (other) =>
        other.kind === "addForeignKey" &&
        other.table === change.table &&
        other.foreignKey.columns.length === 1 &&
        other.foreignKey.columns[0] === change.column.name,
    );
    if (key?.kind !== "addForeignKey") return change;
    merged.add(key);
    return { ...change, foreignKey: key.foreignKey };
  });
  return rewritten.filter((change) => !merged.has(change));
}
