import { assertNever } from "@mortise/core/adapter";
import type { Change, ForeignKeyState, IndexState, TableState, Unsupported } from "@mortise/core/state";
import type { Server } from "./server.ts";
import { isName } from "./spelling.ts";

/** Whether the server can make a change, and if not the sentence that says so. */
export function supports(change: Change, server: Server): true | Unsupported {
  const reason = refusal(change, server);
  return reason === undefined ? true : { reason };
}

function refusal(change: Change, server: Server): string | undefined {
  const names = namesOf(change);
  const odd = names.find((name) => !isName(name, 64));
  if (odd !== undefined) {
    return (
      `Nothing can be named ${JSON.stringify(odd)} on ${server.name}: a name has at most 64 characters, none of them beyond U+FFFF, ` +
      "and does not end in a blank."
    );
  }
  switch (change.kind) {
    case "createTable":
      return tableRefusal(change.table, server);
    case "createIndex":
      return indexRefusal(change.index, change.table, server);
    case "replaceIndex":
      return indexRefusal(change.to, change.table, server);
    case "addForeignKey":
      return keyRefusal(change.foreignKey, change.table);
    case "replaceForeignKey":
      return keyRefusal(change.to, change.table);
    case "addColumn":
    case "addUnique":
    case "replaceUnique":
    case "addCheck":
    case "setTableComment":
      return undefined;
    case "replaceCheck":
      return change.from.name === undefined ? byHand(change.table, "change a check without a name") : undefined;
    case "renameTable":
    case "renameColumn":
    case "renameIndex":
    case "alterTable":
    case "alterColumn":
    case "setPrimaryKey":
    case "dropTable":
    case "dropColumn":
    case "dropIndex":
    case "dropUnique":
    case "dropForeignKey":
    case "dropCheck":
      return undefined;
    case "changeTable":
      return change.changes.map((part) => refusal(part, server)).find((reason) => reason !== undefined);
    case "createEnum":
    case "alterEnum":
    case "dropEnum":
      return `${server.name} has no types of its own for enums.`;
    case "createNamespace":
    case "dropNamespace":
      return `A schema of ${server.name} is a database of its own, which a migration does not make or drop: "${change.name}".`;
    case "createExtension":
      return `${server.name} has no extensions: leave out "${change.name}".`;
    default:
      return assertNever(change);
  }
}

/** The names that a change would give. */
function namesOf(change: Change): readonly string[] {
  switch (change.kind) {
    case "createTable":
      return [change.table.name, ...change.table.columns.map((column) => column.name), ...keyNames(change.table)];
    case "addColumn":
      return [change.column.name];
    case "createIndex":
      return [change.index.name];
    default:
      return [];
  }
}

function keyNames({ uniques, indexes, foreignKeys, checks }: TableState): readonly string[] {
  return [...uniques, ...indexes, ...foreignKeys, ...checks].flatMap(({ name }) => name ?? []);
}

function byHand(table: string, what: string): string {
  return `This migrator does not ${what} of the table "${table}" yet. Change it by hand, or change the model to what the database has.`;
}

function tableRefusal(table: TableState, server: Server): string | undefined {
  const increment = table.columns.filter((column) => column.autoIncrement);
  const [first, second] = increment;
  if (first !== undefined && (second !== undefined || !leadsKey(table, first.name))) {
    return `The increment column "${first.name}" of the table "${table.name}" must be its only one and the first of a key.`;
  }
  return (
    table.indexes.map((index) => indexRefusal(index, table.name, server)).find((reason) => reason !== undefined) ??
    table.foreignKeys.map((key) => keyRefusal(key, table.name)).find((reason) => reason !== undefined)
  );
}

function leadsKey({ primaryKey, uniques, indexes }: TableState, column: string): boolean {
  const firsts = [
    primaryKey?.columns[0],
    ...uniques.map(({ columns }) => columns[0]),
    ...indexes.map(({ columns }) => columns[0]?.column),
  ];
  return firsts.includes(column);
}

const methods: ReadonlySet<string> = new Set(["fulltext", "spatial", "hash"]);

function indexRefusal(index: IndexState, table: string, server: Server): string | undefined {
  const asked = [
    ...(index.where === undefined ? [] : ["where"]),
    ...(index.include.length === 0 ? [] : ["include"]),
    ...(index.nullsNotDistinct ? ["nullsNotDistinct"] : []),
    ...(index.columns.some(({ nulls }) => nulls !== undefined) ? ["nulls"] : []),
    ...(index.columns.some(({ operatorClass }) => operatorClass !== undefined) ? ["operatorClass"] : []),
    ...(index.columns.some(({ collation }) => collation !== undefined) ? ["collation"] : []),
    ...(index.method === undefined || methods.has(index.method) ? [] : [`type "${index.method}"`]),
    ...(server.indexExpression === "null" && index.columns.some((part) => part.column === undefined)
      ? ["expressions"]
      : []),
  ];
  if (asked.length === 0) return undefined;
  return `The indexes of ${server.name} have no ${asked.join(" and no ")}: leave it out of the index "${index.name}" of "${table}".`;
}

function keyRefusal(key: ForeignKeyState, table: string): string | undefined {
  if (key.deferrable)
    return `The foreign key over ${key.columns.join(", ")} of "${table}" is deferrable, which MySQL does not have.`;
  const setsDefault = key.onDelete === "set default" || key.onUpdate === "set default";
  return setsDefault
    ? `The foreign key over ${key.columns.join(", ")} of "${table}" says "set default", which InnoDB does not have.`
    : undefined;
}
