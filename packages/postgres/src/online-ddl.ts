import { assertNever } from "@mortise/core/adapter";
import { derivedName, type ChangeOf, type UniqueState } from "@mortise/core/state";
import { fillNulls } from "./alter-column.ts";
import type { OnlineChange } from "./online.ts";
import { quoteName, quoteText } from "./spelling.ts";
import { check, createIndex, dropKey, foreignKey, tableName, uniqueIndex, type OnTable } from "./table-ddl.ts";
import { temporaryName } from "./temporary-name.ts";

/**
 * The statements that make a change while others read and write: each is committed before the next one. A run that was cut off anywhere
 * is followed by one that makes them all again; `clearLeftover` takes away what is in their way.
 */
export function renderOnline(change: OnlineChange): readonly string[] {
  const on = tableName(change.table, change.namespace);
  switch (change.kind) {
    case "createIndex":
      return [createIndex(change, change.index, true)];
    case "replaceIndex":
      return replaceIndex(change);
    case "dropIndex":
      return [`drop index concurrently if exists ${tableName(change.index.name, change.namespace)}`];
    case "addUnique":
      return addUnique(change, change.unique, []);
    case "replaceUnique":
      return addUnique(change, change.to, [dropKey(on, change, change.from.name)]);
    case "addForeignKey":
      return [`alter table ${on} add ${foreignKey(change.foreignKey)} not valid`, validate(on, change.foreignKey.name)];
    case "replaceForeignKey":
      return [`${dropped(on, change.from.name)}, add ${foreignKey(change.to)} not valid`, validate(on, change.to.name)];
    case "addCheck":
      return [`alter table ${on} add ${check(change.check)} not valid`, validate(on, change.check.name)];
    case "replaceCheck":
      return [`${dropped(on, change.from.name)}, add ${check(change.to)} not valid`, validate(on, change.to.name)];
    case "alterColumn":
      return forbidNulls(change, on);
    default:
      return assertNever(change);
  }
}

function validate(on: string, name = ""): string {
  return `alter table ${on} validate constraint ${quoteName(name)}`;
}

function dropped(on: string, name = ""): string {
  return `alter table ${on} drop constraint if exists ${quoteName(name)}`;
}

/** The old one serves until the new one takes its name. */
function replaceIndex({ from, to, ...place }: ChangeOf<"replaceIndex">): readonly string[] {
  const name = temporaryName(place.table, to.name);
  return [
    createIndex(place, { ...to, name }, true),
    together(
      `drop index if exists ${tableName(from.name, place.namespace)}`,
      `alter index ${tableName(name, place.namespace)} rename to ${quoteName(to.name)}`,
    ),
  ];
}

/** A constraint takes over an index that was built beforehand, and gives it its name. */
function addUnique(place: OnTable, unique: UniqueState, before: readonly string[]): readonly string[] {
  const wanted = unique.name ?? derivedName(place.table, unique.columns, "unique");
  if (unique.asIndex === true && before.length === 0) return [uniqueIndex(place, unique, true)];
  const name = temporaryName(place.table, wanted);
  const on = tableName(place.table, place.namespace);
  const taken =
    unique.asIndex === true
      ? `alter index ${tableName(name, place.namespace)} rename to ${quoteName(wanted)}`
      : `alter table ${on} add constraint ${quoteName(wanted)} unique using index ${quoteName(name)}`;
  return [uniqueIndex(place, { ...unique, name }, true), before.length === 0 ? taken : together(...before, taken)];
}

/** The server trusts a check that it has looked through, and does not look again. */
function forbidNulls({ from, to, table }: ChangeOf<"alterColumn">, on: string): readonly string[] {
  const column = quoteName(from.name);
  const name = temporaryName(table, from.name);
  return [
    ...fillNulls(on, from, to),
    `${dropped(on, name)}, add constraint ${quoteName(name)} check (${column} is not null) not valid`,
    validate(on, name),
    together(`alter table ${on} alter column ${column} set not null`, dropped(on, name)),
  ];
}

/** Several statements as one, so that nothing comes between. */
function together(...statements: readonly string[]): string {
  return `do ${quoteText(`begin ${statements.map((statement) => `${statement}; `).join("")}end`)}`;
}
