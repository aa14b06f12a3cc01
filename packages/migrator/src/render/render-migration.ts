import { qualifiedName, type Change, type SchemaState, type TableChange } from "@mortise/core/state";
import { orderChanges } from "../plan/order-changes.ts";
import { reverseChange } from "../plan/reverse-change.ts";
import { pairIn, sectionOf } from "./render-change.ts";
import { createTableSource } from "./render-table.ts";
import { call, comment, literal, tableSource, valueSource } from "./source-text.ts";

/** What is known of a difference. */
export interface Difference {
  readonly changes: readonly Change[];
  /** The schema in the words of the models, and in the database's normal form. */
  readonly asked: SchemaState;
  readonly wanted: SchemaState;
  readonly acknowledge: readonly string[];
  /** Whether something in it is committed by itself. */
  readonly isAlone: boolean;
  /** Whether it lets others go on meanwhile. */
  readonly online?: boolean;
  /** The migrations whose place it takes. */
  readonly replaces?: readonly string[];
  /** Whether it makes all that there is, its types too. */
  readonly isWhole?: boolean;
}

/** A migration as the source of a TypeScript module. */
export function renderMigration(difference: Difference): string {
  const { changes, asked, wanted, acknowledge, isAlone, online = false, replaces = [], isWhole = false } = difference;
  const ordered = orderChanges(changes);
  const back = wayBack(ordered);
  const lines = [
    'import { defineMigration } from "@mortise/migrator";',
    "",
    "export default defineMigration({",
    ...(isAlone ? ["  transaction: false,"] : []),
    ...(online ? ["  online: true,"] : []),
    ...(acknowledge.length === 0 ? [] : [`  acknowledge: ${valueSource(acknowledge)},`]),
    ...(replaces.length === 0 ? [] : [`  replaces: ${valueSource(replaces)},`]),
    "  up(schema) {",
    ...indented([...(isWhole ? ordered.flatMap(newEnum) : []), ...forwards(ordered, asked, wanted)]),
    "  },",
    ...("none" in back
      ? [`  irreversible: ${literal(back.none.join(" "))},`]
      : ["  down(schema) {", ...indented([...back.remarks.map(comment), ...backwards(back.changes)]), "  },"]),
    "});",
  ];
  return `${lines.join("\n")}\n`;
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `    ${line}`);
}

function forwards(changes: readonly Change[], asked: SchemaState, wanted: SchemaState): readonly string[] {
  const created = changes.flatMap((change) => {
    if (change.kind !== "createTable") return [];
    const { asked: has } = pairIn(asked, wanted, change.table.name, change.table.namespace);
    return createTableSource({ asked: has, normal: change.table });
  });
  return [
    ...changes.flatMap(enumSource),
    ...changes.flatMap(renameSource),
    ...created,
    ...sections(changes, (table, namespace) => pairIn(asked, wanted, table, namespace)),
    ...changes.flatMap(dropSource),
  ];
}

/** Names come back last, when nothing speaks of the new ones any more. */
function backwards(changes: readonly Change[]): readonly string[] {
  return [
    ...changes.flatMap((change) =>
      change.kind === "createTable" ? createTableSource({ asked: undefined, normal: change.table }) : [],
    ),
    ...sections(changes, () => ({}), true),
    ...changes.flatMap(dropSource),
    ...changes.flatMap(renameSource),
    ...changes.flatMap(enumSource),
  ];
}

/** One call for each table. */
function sections(
  changes: readonly Change[],
  pairOf: (table: string, namespace: string | undefined) => ReturnType<typeof pairIn>,
  renamesLast = false,
): readonly string[] {
  const byTable = new Map<string, TableChange[]>();
  for (const change of changes.filter(isTableChange)) {
    const key = qualifiedName({ name: change.table, namespace: change.namespace });
    byTable.set(key, [...(byTable.get(key) ?? []), change]);
  }
  return [...byTable.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { renames, drops, changes: changed, keys } = sectionOf(own, pairOf(first.table, first.namespace));
    const body = renamesLast
      ? [...drops, ...changed, ...keys, ...renames]
      : [...renames, ...drops, ...changed, ...keys];
    if (body.length === 0) return [];
    const place = tableSource({ name: first.table, namespace: first.namespace });
    return [`schema.table(${place}, (table) => {`, ...body.map((line) => `  table.${line};`), "});"];
  });
}

function isTableChange(change: Change): change is TableChange {
  return (
    "table" in change &&
    typeof change.table === "string" &&
    change.kind !== "renameTable" &&
    change.kind !== "changeTable"
  );
}

function newEnum(change: Change): readonly string[] {
  if (change.kind !== "createEnum") return [];
  return [`schema.${call("createEnum", literal(change.type.name), valueSource(change.type.values))};`];
}

function enumSource(change: Change): readonly string[] {
  if (change.kind !== "alterEnum") return [];
  const renames = Object.fromEntries(change.renames.map(({ from, to }) => [from, to]));
  const { name, values } = change.to;
  const given = change.renames.length === 0 ? undefined : valueSource(renames);
  return [`schema.${call("alterEnum", literal(name), valueSource(values), given)};`];
}

function renameSource(change: Change): readonly string[] {
  if (change.kind !== "renameTable") return [];
  const from = tableSource({ name: change.from, namespace: change.namespace });
  return [`schema.${call("renameTable", from, literal(change.to))};`];
}

function dropSource(change: Change): readonly string[] {
  return change.kind === "dropTable" ? [`schema.${call("dropTable", tableSource(change.table))};`] : [];
}

type WayBack =
  | { readonly changes: readonly Change[]; readonly remarks: readonly string[] }
  | { readonly none: readonly string[] };

/** A type that is kept is remarked; anything else without a way back leaves none for the whole. */
function wayBack(changes: readonly Change[]): WayBack {
  const back: Change[] = [];
  const [remarks, none]: [string[], string[]] = [[], []];
  for (const change of changes.toReversed()) {
    const reverse = reverseChange(change);
    if ("changes" in reverse) back.push(...reverse.changes);
    else (change.kind === "createEnum" ? remarks : none).push(reverse.none);
  }
  return none.length > 0 ? { none: none.toReversed() } : { changes: back, remarks };
}
