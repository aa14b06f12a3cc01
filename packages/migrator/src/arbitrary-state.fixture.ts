import fc from "fast-check";
import type { ColumnType, ReferenceAction } from "@mortise/core/adapter";
import {
  derivedName,
  type CheckState,
  type ColumnState,
  type DefaultState,
  type ForeignKeyState,
  type IndexState,
  type SchemaState,
  type TableState,
  type UniqueState,
} from "@mortise/core/state";

/** Names as people write them, and as they should not: quotes, brackets, keywords, line ends, letters of any script. */
const anyName = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/),
  fc.constantFrom(
    "order",
    "select",
    "Group",
    "user id",
    'a"b',
    "it's",
    "x]y",
    "`t`",
    "line\nend",
    "größe",
    "表",
    "--",
    "/*",
    "true",
    "key",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }).filter((name) => !name.includes("\0")),
);

const names = (minimum: number, maximum: number): fc.Arbitrary<string[]> =>
  fc
    .uniqueArray(anyName, { minLength: minimum, maxLength: maximum, selector: (name) => name.toLowerCase() })
    .filter((list) => !list.some((name) => name.toLowerCase().startsWith("sqlite_")));

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const text = fc.oneof(
  fc.constantFrom("", "1", "it's", "a,b", "NULL", "(x)", "-- no"),
  fc.stringMatching(/^[ -~]{0,10}$/),
);

interface Typed {
  readonly type: ColumnType;
  readonly default: DefaultState | undefined;
  readonly collation: string | undefined;
}

const some = (
  type: ColumnType,
  values: fc.Arbitrary<unknown>,
  ...expressions: readonly string[]
): fc.Arbitrary<Typed> =>
  fc.record({
    type: fc.constant(type),
    default: fc.option(
      fc.oneof(
        values.map((value): DefaultState => ({ kind: "value", value })),
        fc
          .constantFrom("1 + 1", ...expressions)
          .map((expression): DefaultState => ({ kind: "expression", expression })),
      ),
      { nil: undefined },
    ),
    collation: type.kind === "text" ? fc.constantFrom(undefined, "nocase", "RTRIM", "binary") : fc.constant(undefined),
  });

const typed: fc.Arbitrary<Typed> = fc.oneof(
  some({ kind: "integer", unsigned: false }, fc.integer(), "+5", "(0x10)", "'12'", "TRUE"),
  some({ kind: "integer", unsigned: true }, fc.nat()),
  some({ kind: "bigInteger", unsigned: false, mode: "auto" }, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  some({ kind: "double" }, fc.double({ noNaN: true, noDefaultInfinity: true }), "1e3", "-.5"),
  some({ kind: "decimal", precision: 10, scale: 2, mode: "string" }, fc.constantFrom("1.50", "0", "-12.25")),
  some({ kind: "string", length: 40 }, text),
  some({ kind: "text" }, text, "upper('x')", "CURRENT_TIMESTAMP", "'a' || 'b'"),
  some({ kind: "boolean" }, fc.boolean(), "false"),
  some(
    { kind: "json" },
    fc.jsonValue({ maxDepth: 1 }).filter((value) => value !== null),
  ),
  some({ kind: "datetime", as: "date", useTz: true, precision: undefined }, fc.constant(new Date(0)), "now", "now()"),
  some({ kind: "date", as: "date" }, fc.constant(new Date(0)), "now"),
  some({ kind: "uuid" }, fc.uuid()),
  some({ kind: "binary", length: undefined }, fc.uint8Array({ maxLength: 4 }), "x'00FF'"),
  some({ kind: "enum", values: ["a", "it's"], native: undefined }, fc.constantFrom("a", "it's")),
  some({ kind: "set", values: ["a", "b"] }, fc.constantFrom([], ["b", "a"])),
  some({ kind: "specific", sqlType: "varchar ( 20 )" }, fc.nat(), "foo"),
);

const column = (name: string): fc.Arbitrary<ColumnState> =>
  fc.record({ typed, nullable: fc.boolean() }).map(({ typed: { type, default: value, collation }, nullable }) => ({
    name,
    type,
    databaseType: undefined,
    nullable,
    default: value,
    autoIncrement: false,
    generated: undefined,
    collation,
    comment: undefined,
    renamedFrom: undefined,
    managed: true,
  }));

/** The last column may be computed from the first. */
function withGenerated(columns: readonly ColumnState[], kind: "none" | "stored" | "virtual"): readonly ColumnState[] {
  const [first, last] = [columns[0], columns.at(-1)];
  if (first === undefined || last === undefined || first === last || kind === "none") return columns;
  const generated = { expression: `LENGTH( ${quote(first.name)} )`, stored: kind === "stored" };
  const type: ColumnType = { kind: "integer", unsigned: false };
  return [...columns.slice(0, -1), { ...last, type, default: undefined, collation: undefined, generated }];
}

type Key = "none" | "increment" | "integer" | "first" | "pair";

function withKey(columns: readonly ColumnState[], key: Key): Pick<TableState, "columns" | "primaryKey"> {
  const [first, ...rest] = columns;
  if (first === undefined || key === "none") return { columns, primaryKey: undefined };
  const own = { ...first, nullable: false, default: undefined };
  const integer: ColumnState = { ...own, type: { kind: "integer", unsigned: false }, collation: undefined };
  const primaryKey = { columns: [first.name], name: undefined };
  if (key === "increment") return { columns: [{ ...integer, autoIncrement: true }, ...rest], primaryKey };
  if (key === "integer") return { columns: [integer, ...rest], primaryKey };
  const second = rest[0];
  if (key === "first" || second === undefined || second.generated !== undefined)
    return { columns: [own, ...rest], primaryKey };
  return {
    columns: [own, { ...second, nullable: false }, ...rest.slice(1)],
    primaryKey: { columns: [second.name, first.name], name: undefined },
  };
}

const actions: readonly ReferenceAction[] = ["cascade", "restrict", "set null", "set default", "no action"];

interface Extras {
  readonly uniques: readonly UniqueState[];
  readonly indexes: readonly IndexState[];
  readonly checks: readonly CheckState[];
  readonly foreignKeys: readonly ForeignKeyState[];
}

function extras(table: string, columns: readonly string[], others: readonly string[]): fc.Arbitrary<Extras> {
  const subset = fc.shuffledSubarray([...columns], { minLength: 1, maxLength: Math.min(3, columns.length) });
  const where = fc.constantFrom(undefined, ...columns.map((name) => `( ${quote(name)} IS NOT NULL )`));
  const index = fc.record({
    parts: subset,
    where,
    unique: fc.boolean(),
    order: fc.constantFrom("asc", "desc"),
    bare: fc.boolean(),
  });
  const check = fc.record({ one: fc.constantFrom(...columns), bound: fc.integer(), named: fc.boolean() });
  const key = fc.record({
    one: fc.constantFrom(...columns),
    target: fc.constantFrom(...others),
    onDelete: fc.constantFrom(...actions),
    onUpdate: fc.constantFrom(...actions),
    deferrable: fc.boolean(),
  });
  return fc.record({
    uniques: fc
      .uniqueArray(subset, { maxLength: 2, selector: (list) => list.join() })
      .map((lists) => lists.map((list) => ({ name: derivedName(table, list, "unique"), columns: list }))),
    indexes: fc.array(index, { maxLength: 3 }).map((list) =>
      list.map((one, place): IndexState => {
        const parts = one.parts.map((name) => ({
          column: name,
          expression: undefined,
          order: one.order,
          collation: undefined,
        }));
        const expression = {
          column: undefined,
          expression: `COALESCE( ${quote(one.parts[0] ?? "")},0 )`,
          order: one.order,
          collation: undefined,
        };
        return {
          name: `${table} i${place}`,
          unique: one.unique,
          columns: one.bare ? parts : [expression, ...parts.slice(1)],
          where: one.where,
          method: undefined,
          include: [],
          nullsNotDistinct: false,
        };
      }),
    ),
    checks: fc.uniqueArray(check, { maxLength: 2, selector: ({ one, bound }) => `${one} ${bound}` }).map((list) =>
      list.map(({ one, bound, named }, place) => ({
        name: named ? `${table}'s check ${place}` : undefined,
        expression: `(${quote(one)} <> ${bound} -- c\n AND  1)`,
      })),
    ),
    foreignKeys: fc.uniqueArray(key, { maxLength: 2, selector: ({ one, target }) => `${one} ${target}` }).map((list) =>
      list.map(({ one, target, ...rest }) => ({
        name: derivedName(table, [one], "foreign"),
        columns: [one],
        references: { table: target, namespace: undefined, columns: ["id"] },
        ...rest,
      })),
    ),
  });
}

function table(name: string, others: readonly string[]): fc.Arbitrary<TableState> {
  const shape = fc.record({
    columns: names(2, 6).chain((list) => fc.tuple(...list.map(column))),
    key: fc.constantFrom<Key[]>("none", "increment", "integer", "first", "pair"),
    generated: fc.constantFrom("none" as const, "stored" as const, "virtual" as const),
    strict: fc.constantFrom(undefined, false),
    withoutRowid: fc.boolean(),
  });
  return shape.chain(({ columns, key, generated, strict, withoutRowid }) => {
    const keyed = withKey(withGenerated(columns, generated), key);
    const list = keyed.columns.map((one) => one.name);
    return extras(name, list, others).map((more) => ({
      name,
      namespace: undefined,
      ...keyed,
      ...more,
      options: {
        strict,
        withoutRowid: withoutRowid && (key === "first" || key === "pair"),
        engine: undefined,
        charset: undefined,
        collation: undefined,
      },
      comment: undefined,
      renamedFrom: undefined,
      unmanaged: [],
    }));
  });
}

/** Any schema that SQL engines can hold, as models would ask for it. */
export const arbitraryState: fc.Arbitrary<SchemaState> = names(1, 4)
  .chain((list) => fc.tuple(...list.map((name) => table(name, list))))
  .map((tables) => ({ tables, enums: [], unmanaged: [] }));
