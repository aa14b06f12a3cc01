import { assertNever } from "@mortise/core/adapter";
import { isSame, type Change, type SchemaState, type TableChange, type TableState } from "@mortise/core/state";
import { alteredColumn, newColumn, typeCall } from "./render-column.ts";
import { checkSource, dropSource, foreignSource, indexSource, uniqueSource } from "./render-keys.ts";
import { askedCheck, askedColumn, isImplied, optionsSource, type Pair } from "./render-table.ts";
import { call, literal, valueSource } from "./source-text.ts";

/** Lines of one table's section, by what has to stand before what. */
export interface Section {
  readonly renames: readonly string[];
  readonly drops: readonly string[];
  readonly changes: readonly string[];
  readonly keys: readonly string[];
}

const nothing: Section = { renames: [], drops: [], changes: [], keys: [] };

/** The changes of one table as calls of its builder. */
export function sectionOf(changes: readonly TableChange[], pair: Partial<Pair>): Section {
  const touched = new Set(
    changes.flatMap((change) =>
      change.kind === "addColumn" ? [change.column.name] : change.kind === "alterColumn" ? [change.to.name] : [],
    ),
  );
  return changes.reduce((section, change) => {
    const added = partOf(change, pair, touched);
    return {
      renames: [...section.renames, ...(added.renames ?? [])],
      drops: [...section.drops, ...(added.drops ?? [])],
      changes: [...section.changes, ...(added.changes ?? [])],
      keys: [...section.keys, ...(added.keys ?? [])],
    };
  }, nothing);
}

function partOf(change: TableChange, pair: Partial<Pair>, touched: ReadonlySet<string>): Partial<Section> {
  switch (change.kind) {
    case "renameTable":
      return {};
    case "alterTable":
      return { changes: optionsSource({ options: changedOptions(change), comment: undefined }) };
    case "setTableComment":
      return { changes: [call("comment", literal(change.to ?? ""))] };
    case "addColumn":
      return { changes: [newColumn(askedColumn(pair, change.column), false)] };
    case "renameColumn":
      return { renames: [call("renameColumn", literal(change.from), literal(change.to))] };
    case "alterColumn":
      return { changes: [alteredColumn(change.from, askedColumn(pair, change.to), change.to)] };
    case "dropColumn":
      return { drops: [call("dropColumn", literal(change.column.name))] };
    case "setPrimaryKey":
      return change.to === undefined
        ? { drops: [call("dropPrimary")] }
        : { keys: [call("primary", valueSource(change.to.columns))] };
    default:
      return keyPart(change, pair, touched);
  }
}

type KeyChange = Exclude<
  TableChange,
  {
    kind:
      | "renameTable"
      | "alterTable"
      | "setTableComment"
      | "addColumn"
      | "renameColumn"
      | "alterColumn"
      | "dropColumn"
      | "setPrimaryKey";
  }
>;

function keyPart(change: KeyChange, pair: Partial<Pair>, touched: ReadonlySet<string>): Partial<Section> {
  const { table } = change;
  const indexColumns = (index: TableState["indexes"][number]) => index.columns.flatMap(({ column }) => column ?? []);
  switch (change.kind) {
    case "createIndex":
      return { keys: [indexSource(table, change.index)] };
    case "replaceIndex":
      return {
        drops: [dropSource("dropIndex", change.from.name, indexColumns(change.from))],
        keys: [indexSource(table, change.to)],
      };
    case "renameIndex":
      return { renames: [call("renameIndex", literal(change.from), literal(change.to))] };
    case "dropIndex":
      return { drops: [dropSource("dropIndex", change.index.name, indexColumns(change.index))] };
    case "addUnique":
      return { keys: [uniqueSource(table, change.unique)] };
    case "replaceUnique":
      return {
        drops: [dropSource("dropUnique", change.from.name, change.from.columns)],
        keys: [uniqueSource(table, change.to)],
      };
    case "dropUnique":
      return { drops: [dropSource("dropUnique", change.unique.name, change.unique.columns)] };
    case "addForeignKey":
      return { keys: [foreignSource(table, change.foreignKey)] };
    case "replaceForeignKey":
      return {
        drops: [dropSource("dropForeign", change.from.name, change.from.columns)],
        keys: [foreignSource(table, change.to)],
      };
    case "dropForeignKey":
      return { drops: [dropSource("dropForeign", change.foreignKey.name, change.foreignKey.columns)] };
    case "addCheck":
      return { keys: newCheck(change.check, pair, touched) };
    case "replaceCheck":
      return { drops: [dropCheckSource(change.from)], keys: newCheck(change.to, pair, touched) };
    case "dropCheck":
      return { drops: [dropCheckSource(change.check)] };
    default:
      return assertNever(change);
  }
}

type Check = TableState["checks"][number];

function dropCheckSource({ name, expression }: Check): string {
  return call("dropCheck", literal(name ?? expression));
}

/** A check that comes with a column whose type is said anew is not said twice. */
function newCheck(check: Check, { asked, normal }: Partial<Pair>, touched: ReadonlySet<string>): readonly string[] {
  const columns = asked?.columns.filter(({ name, type }) => touched.has(name) && typeCall(type, name) !== undefined);
  if (
    asked !== undefined &&
    normal !== undefined &&
    isImplied({ asked: { ...asked, columns: columns ?? [] }, normal }, check)
  )
    return [];
  return [checkSource(askedCheck(asked === undefined ? {} : { asked }, check))];
}

function changedOptions({ from, to }: Extract<Change, { kind: "alterTable" }>): TableState["options"] {
  const unsaid = {
    strict: undefined,
    withoutRowid: false,
    engine: undefined,
    charset: undefined,
    collation: undefined,
  };
  const changed = Object.entries(to).filter(([key, value]) => !isSame(Reflect.get(from, key), value));
  return { ...unsaid, ...Object.fromEntries(changed) };
}

/** The states that the names of changes lead to. */
export function pairIn(
  asked: SchemaState | undefined,
  normal: SchemaState | undefined,
  table: string,
  namespace: string | undefined,
): Partial<Pair> {
  const find = (state: SchemaState | undefined) =>
    state?.tables.find((one) => one.name === table && one.namespace === namespace);
  const [has, own] = [find(asked), find(normal)];
  return { asked: has, ...(own === undefined ? {} : { normal: own }) };
}
