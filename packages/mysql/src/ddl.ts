import { assertNever } from "@mortise/core/adapter";
import type { Change, ChangeOf, TableChange } from "@mortise/core/state";
import { collationName, columnDefinition, defaultClause } from "./column-ddl.ts";
import type { Server } from "./server.ts";
import { quoteName, quoteNames, quoteText } from "./spelling.ts";
import { check, createTable, foreignKey, index, tableName, unique } from "./table-ddl.ts";

/** The statements that make a change. Its states are in normal form, and `supports` has let it through. */
export function renderWith(server: Server): (change: Change) => readonly string[] {
  return (change) => render(change, server);
}

function render(change: Change, server: Server): readonly string[] {
  switch (change.kind) {
    case "createTable":
      return [createTable(change.table, server)];
    case "dropTable":
      return [`DROP TABLE ${tableName(change.table.name, change.table.namespace)}`];
    case "renameTable":
      return [`${alter({ ...change, table: change.from })} RENAME TO ${tableName(change.to, change.namespace)}`];
    case "changeTable":
      return alterTogether(change, change.changes);
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
      return [];
    default:
      return alterTogether(change, [change]);
  }
}

interface OnTable {
  readonly table: string;
  readonly namespace: string | undefined;
  readonly online?: true;
}

/** One ALTER TABLE for all changes of a table: the server makes it whole or not at all, and goes over the rows once. */
function alterTogether(on: OnTable, changes: readonly TableChange[]): readonly string[] {
  const renames = new Map(
    changes.flatMap((change) => (change.kind === "renameColumn" ? [[change.to, change.from]] : [])),
  );
  const altered = new Set(changes.flatMap((change) => (change.kind === "alterColumn" ? [change.from.name] : [])));
  const clauses = changes.flatMap((change): readonly string[] => {
    if (change.kind === "renameColumn" && altered.has(change.to)) return [];
    if (change.kind === "alterColumn") return [alterColumn(change, renames.get(change.from.name))];
    return clausesOf(change);
  });
  const filled = changes.flatMap((change) =>
    change.kind === "alterColumn" ? fillNulls(change, renames.get(change.from.name)) : [],
  );
  return [...filled, `${alter(on)} ${[...clauses, ...(on.online === true ? ["LOCK=NONE"] : [])].join(", ")}`];
}

function alterColumn({ from, to }: ChangeOf<"alterColumn">, renamedFrom: string | undefined): string {
  const definition = columnDefinition({ ...to, name: from.name });
  return renamedFrom === undefined
    ? `MODIFY COLUMN ${definition}`
    : `CHANGE COLUMN ${quoteName(renamedFrom)} ${definition}`;
}

/** Rows without a value get the default before nulls are forbidden. */
function fillNulls({ from, to, ...on }: ChangeOf<"alterColumn">, renamedFrom: string | undefined): readonly string[] {
  if (!from.nullable || to.nullable || to.default === undefined) return [];
  const name = quoteName(renamedFrom ?? from.name);
  return [
    `UPDATE ${tableName(on.table, on.namespace)} SET ${name} = ${defaultClause(to).replace(/ on update [^ ]*$/i, "")} WHERE ${name} IS NULL`,
  ];
}

type Clause = Exclude<TableChange, { kind: "alterColumn" }>;

function clausesOf(change: Clause): readonly string[] {
  switch (change.kind) {
    case "renameTable":
      return [`RENAME TO ${tableName(change.to, change.namespace)}`];
    case "renameColumn":
      return [`RENAME COLUMN ${quoteName(change.from)} TO ${quoteName(change.to)}`];
    case "addColumn":
      return [`ADD COLUMN ${columnDefinition(change.column)}${positionOf(change)}`];
    case "dropColumn":
      return [`DROP COLUMN ${quoteName(change.column.name)}`];
    case "setTableComment":
      return [`COMMENT = ${quoteText(change.to ?? "")}`];
    case "alterTable":
      return tableOptions(change);
    case "setPrimaryKey":
      return [
        ...(change.from === undefined ? [] : ["DROP PRIMARY KEY"]),
        ...(change.to === undefined ? [] : [`ADD PRIMARY KEY (${quoteNames(change.to.columns)})`]),
      ];
    default:
      return constraintClauses(change);
  }
}

function positionOf({ position }: ChangeOf<"addColumn">): string {
  if (position === undefined) return "";
  return position === "first" ? " FIRST" : ` AFTER ${quoteName(position.after)}`;
}

type ConstraintClause = Exclude<
  Clause,
  {
    kind:
      | "renameTable"
      | "renameColumn"
      | "addColumn"
      | "dropColumn"
      | "setTableComment"
      | "alterTable"
      | "setPrimaryKey";
  }
>;

function constraintClauses(change: ConstraintClause): readonly string[] {
  switch (change.kind) {
    case "createIndex":
      return [`ADD ${index(change.index)}`];
    case "replaceIndex":
      return [dropIndex(change.from.name), `ADD ${index(change.to)}`];
    case "renameIndex":
      return [`RENAME INDEX ${quoteName(change.from)} TO ${quoteName(change.to)}`];
    case "dropIndex":
      return [dropIndex(change.index.name)];
    case "addUnique":
      return [`ADD ${unique(change.table, change.unique)}`];
    case "replaceUnique":
      return [dropIndex(change.from.name), `ADD ${unique(change.table, change.to)}`];
    case "dropUnique":
      return [dropIndex(change.unique.name)];
    case "addForeignKey":
      return [`ADD ${foreignKey(change.table, change.foreignKey)}`];
    case "dropForeignKey":
      return [`DROP FOREIGN KEY ${quoteName(change.foreignKey.name ?? "")}`];
    case "replaceForeignKey":
      return [`DROP FOREIGN KEY ${quoteName(change.from.name ?? "")}`, `ADD ${foreignKey(change.table, change.to)}`];
    case "addCheck":
      return [`ADD ${check(change.check)}`];
    case "replaceCheck":
      return [dropCheck(change.from.name), `ADD ${check(change.to)}`];
    case "dropCheck":
      return [dropCheck(change.check.name)];
    default:
      return assertNever(change);
  }
}

function tableOptions({ from, to }: ChangeOf<"alterTable">): readonly string[] {
  return [
    ...(from.engine === to.engine ? [] : [`ENGINE=${collationName(to.engine ?? "InnoDB")}`]),
    ...(from.collation === to.collation || to.collation === undefined
      ? []
      : [`COLLATE=${collationName(to.collation)}`]),
  ];
}

function dropIndex(name = ""): string {
  return `DROP INDEX ${quoteName(name)}`;
}

function dropCheck(name = ""): string {
  return `DROP CONSTRAINT ${quoteName(name)}`;
}

function alter({ table, namespace }: OnTable): string {
  return `ALTER TABLE ${tableName(table, namespace)}`;
}
