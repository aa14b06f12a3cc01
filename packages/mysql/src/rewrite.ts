import {
  changedTable,
  detachForeignKeys,
  isSame,
  type Change,
  type ChangeOf,
  type IndexState,
  type SchemaState,
  type TableChange,
  type TableState,
} from "@mortise/core/state";
import { quoteName } from "./spelling.ts";

/**
 * Changes as the server can make them: a foreign key waits for its target, and steps aside while a column of it changes its type; all
 * other changes of a table are one ALTER, behind the new names of tables and the foreign keys that go.
 */
export function rewrite(changes: readonly Change[], actual: SchemaState): readonly Change[] {
  const apart = changes.flatMap(splitForeignKey);
  const keys = keysInTheWay(apart, actual);
  const isFirst = ({ kind }: Change): boolean => kind === "renameTable";
  const isDrop = ({ kind }: Change): boolean => kind === "dropForeignKey";
  const freed: readonly Change[] = [
    ...apart.filter(isFirst),
    ...keys.map((key): Change => ({ ...key, kind: "dropForeignKey" })),
    ...apart.filter(isDrop).map((change) => withOwnIndex(change, changes, actual)),
    ...apart.filter((change) => !isFirst(change) && !isDrop(change)),
    ...keys.map((key): Change => ({ ...key, kind: "addForeignKey" })),
  ];
  return together(detachForeignKeys(freed), actual);
}

/** The server does not take a key of the same name in the statement that drops it. */
function splitForeignKey(change: Change): readonly Change[] {
  if (change.kind !== "replaceForeignKey") return [change];
  const { table, namespace, from, to } = change;
  return [
    { kind: "dropForeignKey", table, namespace, foreignKey: from },
    { kind: "addForeignKey", table, namespace, foreignKey: to },
  ];
}

/** The index that the server made for a foreign key goes with it, where no other key stands on it. */
function withOwnIndex(change: Change, changes: readonly Change[], { tables }: SchemaState): Change {
  if (change.kind !== "dropForeignKey") return change;
  const { columns, name } = change.foreignKey;
  const from = tables.find((one) => one.name === change.table);
  const added = changes.flatMap((other) => {
    if (other.kind === "addForeignKey" && other.table === change.table) return [other.foreignKey];
    return other.kind === "replaceForeignKey" && other.table === change.table ? [other.to] : [];
  });
  const isShared = [...(from?.foreignKeys ?? []), ...added].some(
    (key) => key.name !== name && key.columns[0] === columns[0],
  );
  const isReplaced = added.some((key) => key.columns[0] === columns[0]);
  if (from === undefined || name === undefined || isShared || isReplaced || isServed(columns, from)) return change;
  const place = { table: change.table, namespace: change.namespace };
  const parts: readonly TableChange[] = [change, { kind: "dropIndex", ...place, index: plainIndex(name, columns) }];
  return { kind: "changeTable", ...place, from, to: changedTable(from, change), changes: parts };
}

function plainIndex(name: string, columns: readonly string[]): IndexState {
  return {
    name,
    unique: false,
    columns: columns.map((column) => ({ column, expression: undefined, order: "asc", collation: undefined })),
    where: undefined,
    method: undefined,
    include: [],
    nullsNotDistinct: false,
  };
}

type Key = Omit<ChangeOf<"addForeignKey">, "kind">;

/**
 * Foreign keys from or to a column that changes its type, and those whose index goes: the server keeps an index that a key needs, and
 * makes one of its own when the key comes back.
 */
function keysInTheWay(changes: readonly Change[], { tables }: SchemaState): readonly Key[] {
  const retyped = changes.flatMap((change) =>
    change.kind === "alterColumn" && !isSame(typeOf(change.from), typeOf(change.to))
      ? [JSON.stringify([change.table, change.from.name])]
      : [],
  );
  const gone = new Set(changes.flatMap((change) => (change.kind === "dropForeignKey" ? [change.foreignKey.name] : [])));
  const isRetyped = (table: string, columns: readonly string[]): boolean =>
    columns.some((column) => retyped.includes(JSON.stringify([table, column])));
  return tables.flatMap((table) =>
    table.foreignKeys
      .filter(
        (key) =>
          !gone.has(key.name) &&
          (isRetyped(table.name, key.columns) ||
            isRetyped(key.references.table, key.references.columns) ||
            losesIndex(key.columns, table, changes)),
      )
      .map((foreignKey) => ({ table: table.name, namespace: table.namespace, foreignKey })),
  );
}

function losesIndex(columns: readonly string[], table: TableState, changes: readonly Change[]): boolean {
  const own = changes.filter((change): change is TableChange => isShared(change) && change.table === table.name);
  return isServed(columns, table) && !isServed(columns, own.reduce(changedTable, table));
}

/** True when some index begins with the columns. */
function isServed(columns: readonly string[], { indexes, uniques, primaryKey }: TableState): boolean {
  const lists = [
    ...indexes.map((index) => index.columns.map(({ column }) => column)),
    ...uniques.map((unique) => unique.columns),
    primaryKey?.columns ?? [],
  ];
  return lists.some((list) => columns.every((column, at) => column === list[at]));
}

function typeOf({ databaseType, collation }: TableState["columns"][number]): object {
  return { databaseType, collation };
}

/** Every change of a table but that of its name and its foreign keys, at the place of the first of them. */
function together(changes: readonly Change[], actual: SchemaState): readonly Change[] {
  const done = new Set<string>();
  return changes.flatMap((change): readonly Change[] => {
    if (!isShared(change)) return [change];
    if (done.has(change.table)) return [];
    done.add(change.table);
    const shared = changes.filter((other): other is TableChange => isShared(other) && other.table === change.table);
    const table = actual.tables.find(({ name }) => name === change.table);
    const all = table === undefined ? shared : shared.flatMap((one) => freedColumn(one, table));
    if (all.length === 1 || table === undefined) return all;
    const { name, namespace } = table;
    return [
      {
        kind: "changeTable",
        table: name,
        namespace,
        from: table,
        to: shared.reduce(changedTable, table),
        changes: all,
      },
    ];
  });
}

function isShared(change: Change): change is TableChange {
  switch (change.kind) {
    case "createTable":
    case "dropTable":
    case "changeTable":
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
    case "renameTable":
    case "addForeignKey":
    case "replaceForeignKey":
    case "dropForeignKey":
      return false;
    default:
      return true;
  }
}

/**
 * A column that checks or computed columns use cannot be renamed beneath them: they go and come back in the same statement. A column
 * that is computed in another way is made anew; its indexes stay.
 */
function freedColumn(change: TableChange, table: TableState): readonly TableChange[] {
  const place = { table: change.table, namespace: change.namespace };
  if (change.kind === "alterColumn" && !canModify(change)) {
    return [
      { kind: "dropColumn", ...place, column: change.from },
      { kind: "addColumn", ...place, column: change.to, foreignKey: undefined },
    ];
  }
  if (change.kind !== "renameColumn") return [change];
  // The state is as after the rename.
  const uses = (expression: string | undefined): boolean => expression?.includes(quoteName(change.to)) === true;
  const checks = table.checks.filter(({ expression }) => uses(expression));
  const computed = table.columns.filter(({ generated }) => uses(generated?.expression));
  return [
    ...checks.map((check): TableChange => ({ kind: "dropCheck", ...place, check })),
    ...computed.map((column): TableChange => ({ kind: "dropColumn", ...place, column })),
    change,
    ...computed.map((column): TableChange => ({ kind: "addColumn", ...place, column, foreignKey: undefined })),
    ...checks.map((check): TableChange => ({ kind: "addCheck", ...place, check })),
  ];
}

function canModify({ from, to }: ChangeOf<"alterColumn">): boolean {
  return isSame(from.generated, to.generated);
}
