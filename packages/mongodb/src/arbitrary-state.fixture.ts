import fc from "fast-check";
import type { ColumnType } from "@mortise/core/adapter";
import {
  derivedName,
  type CheckState,
  type ColumnState,
  type DefaultState,
  type IndexState,
  type SchemaState,
  type TableState,
} from "@mortise/core/state";

/** Names as fields may have them: any but with a point in them, or a dollar sign before them. */
const fieldName = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
  fc.constantFrom("order", "user id", 'a"b', "it's", "größe", "表", "--", "a{b", "x$y", "properties", "length"),
);

const typed = (type: ColumnType, ...defaults: readonly unknown[]) =>
  fc.record({
    type: fc.constant(type),
    default: fc.constantFrom<(DefaultState | undefined)[]>(
      undefined,
      ...defaults.map((value): DefaultState => ({ kind: "value", value })),
    ),
  });

const anyType = fc.oneof(
  typed({ kind: "integer", unsigned: false }, 0, -5),
  typed({ kind: "tinyInteger", unsigned: true }, 255),
  typed({ kind: "bigInteger", unsigned: false, mode: "auto" }, 9_007_199_254_740_993n, 7),
  typed({ kind: "double" }, 1.5, 2),
  typed({ kind: "decimal", precision: 10, scale: 2, mode: "string" }, "1.50", "0"),
  typed({ kind: "decimal", precision: undefined, scale: undefined, mode: "string" }, "123456789012345678.25"),
  typed({ kind: "string", length: 40 }, "", "it's", "(default 1)", "{}"),
  typed({ kind: "text" }, "now", "line\nend", "\\"),
  typed({ kind: "boolean" }, true, false),
  typed({ kind: "json" }, { a: [1, null] }, []),
  typed({ kind: "datetime", as: "date", useTz: true, precision: undefined }, new Date(0)),
  typed({ kind: "date", as: "string" }, "2026-01-01"),
  typed({ kind: "time", as: "string", precision: undefined }, "10:00:00"),
  typed({ kind: "uuid" }),
  typed({ kind: "ulid" }),
  typed({ kind: "objectId" }),
  typed({ kind: "binary", length: undefined }),
  typed({ kind: "enum", values: ["a", "it's"], native: undefined }, "it's"),
  typed({ kind: "set", values: ["a", "b"] }, ["b"]),
  typed({ kind: "array", inner: { kind: "integer", unsigned: false } }, [1, 2]),
);

const column = (name: string): fc.Arbitrary<ColumnState> =>
  fc
    .record({ of: anyType, nullable: fc.boolean(), comment: fc.constantFrom(undefined, "a note", "(counted)") })
    .map(({ of, nullable, comment }) => ({
      name,
      ...of,
      databaseType: undefined,
      nullable,
      autoIncrement: false,
      generated: undefined,
      collation: undefined,
      comment,
      renamedFrom: undefined,
      managed: true,
    }));

interface Keys {
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly IndexState[];
  readonly checks: readonly CheckState[];
}

function keys(table: string, names: readonly string[]): fc.Arbitrary<Keys> {
  const some = fc.shuffledSubarray([...names], { minLength: 1, maxLength: Math.min(3, names.length) });
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const [first = ""] = names;
  const index = fc.record({
    some,
    unique: fc.boolean(),
    order: fc.constantFrom("asc" as const, "desc" as const),
    method: fc.constantFrom(undefined, undefined, "sparse", "hashed", "2dsphere"),
    where: fc.constantFrom(
      undefined,
      undefined,
      `${quoted(first)} is not null`,
      `{"${first.replaceAll('"', '\\"')}":{"$exists":true}}`,
    ),
    nullsNotDistinct: fc.boolean(),
  });
  return fc.record({
    uniques: fc.uniqueArray(some, { maxLength: 2, selector: (list) => list.join("\0") }),
    indexes: fc.array(index, { maxLength: 3 }).map((list) =>
      list.map(({ some: fields, order, method, unique, where, nullsNotDistinct }, at): IndexState => ({
        name: `${table}_i${at}`,
        unique: unique && method === undefined,
        columns: (isAlone(method) ? fields.slice(0, 1) : fields).map((name) => ({
          column: name,
          expression: undefined,
          order,
          collation: undefined,
        })),
        where: method === "sparse" ? undefined : where,
        method,
        include: [],
        nullsNotDistinct,
      })),
    ),
    checks: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }).map((list) =>
      list.map((name) => ({
        name: undefined,
        expression: `${quoted(name)} is null or not ${quoted(name)} = 'never'`,
      })),
    ),
  });
}

/** The server that tests run on takes such a field only by itself. */
function isAlone(method: string | undefined): boolean {
  return method === "hashed" || method === "2dsphere";
}

function table(name: string): fc.Arbitrary<TableState> {
  const names = fc.uniqueArray(fieldName, { minLength: 2, maxLength: 6 });
  return fc
    .tuple(
      names.chain((list) => fc.tuple(...list.map(column))),
      fc.constantFrom("none", "first", "pair"),
      fc.boolean(),
    )
    .chain(([columns, key, noted]) => {
      const list = columns.map((one) => one.name);
      const primary = key === "none" ? [] : list.slice(0, key === "pair" ? 2 : 1);
      return keys(name, list).map(({ uniques, indexes, checks }): TableState => ({
        name,
        namespace: undefined,
        columns: columns.map((one) =>
          primary.includes(one.name) ? { ...one, nullable: false, default: undefined } : one,
        ),
        primaryKey: primary.length === 0 ? undefined : { columns: primary, name: undefined },
        uniques: uniques.map((one) => ({ name: derivedName(name, one, "unique"), columns: one })),
        indexes: indexes.filter((index, at) => !isTwin(index, indexes.slice(0, at), uniques)),
        foreignKeys: [],
        checks,
        options: {
          strict: undefined,
          withoutRowid: false,
          engine: undefined,
          charset: undefined,
          collation: undefined,
        },
        comment: noted ? "a note" : undefined,
        renamedFrom: undefined,
        unmanaged: [],
      }));
    });
}

/** MongoDB has one index of the same fields, directions and kind; a second one under another name is refused. */
function isTwin(index: IndexState, before: readonly IndexState[], uniques: readonly (readonly string[])[]): boolean {
  const fields = (one: IndexState): string => one.columns.map((part) => part.column).join("\0");
  return before.some((one) => fields(one) === fields(index)) || uniques.some((one) => one.join("\0") === fields(index));
}

/** Any schema that MongoDB can hold, of the same few collections. */
export const arbitraryState: fc.Arbitrary<SchemaState> = fc
  .uniqueArray(fc.constantFrom("one", "two", "größe.3"), { minLength: 1, maxLength: 3 })
  .chain((names) => fc.tuple(...names.map(table)))
  .map((tables) => ({ tables, enums: [], unmanaged: [] }));
