import {
  changedTable,
  detachForeignKeys,
  isSame,
  type Change,
  type ChangeOf,
  type SchemaState,
  type TableChange,
  type TableState,
} from "@mortise/core/state";
import { quoteName } from "./spelling.ts";

/**
 * Changes as the server can make them: a foreign key waits for its target, and steps aside while a column of it changes its type; all
 * other changes of a table are one ALTER.
 */
export function rewrite(changes: readonly Change[], actual: SchemaState): readonly Change[] {
  const apart = changes.flatMap(splitForeignKey);
  const keys = keysInTheWay(apart, actual);
  const freed: readonly Change[] = [
    ...keys.map((key): Change => ({ ...key, kind: "dropForeignKey" })),
    ...apart,
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

type Key = Omit<ChangeOf<"addForeignKey">, "kind">;

/** Foreign keys from or to a column that changes its type. */
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
          (isRetyped(table.name, key.columns) || isRetyped(key.references.table, key.references.columns)),
      )
      .map((foreignKey) => ({ table: table.name, namespace: table.namespace, foreignKey })),
  );
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
