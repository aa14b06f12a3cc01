import { describe, expect, test } from "vitest";
import { col } from "../model/col.ts";
import { sqlDefault } from "../model/column.ts";
import { createSchema, schemaOf } from "../model/create-schema.ts";
import { defineModel } from "../model/define-model.ts";
import { defineRelations } from "../model/define-relations.ts";
import { stateFromSchema } from "./from-schema.ts";
import type { TableState } from "./schema-state.ts";

const stateOf = (schema: object) => stateFromSchema(schemaOf(schema));

function tableOf(schema: object, name?: string): TableState {
  const { tables } = stateOf(schema);
  const table = name === undefined ? tables[0] : tables.find((one) => one.name === name);
  if (table === undefined) throw new Error("no such table");
  return table;
}

describe("columns", () => {
  const User = defineModel("users", {
    columns: {
      id: col.increment(),
      userName: col.string({ nullable: false, default: "x", collation: "nocase" }),
      bornOn: col.date({ default: sqlDefault("current_date") }),
      loudName: col.text({ generatedAs: { expression: "upper(user_name)", stored: true } }),
      extra: col<string>(),
      tags: col.json<string[]>({ default: [] }),
    },
  });
  const table = tableOf(createSchema({ users: User }));

  test("are in the order of the model, by their database names", () => {
    expect(table.columns.map((column) => column.name)).toEqual([
      "id",
      "user_name",
      "born_on",
      "loud_name",
      "extra",
      "tags",
    ]);
  });

  test("keys are never null, others as they say", () => {
    expect(table.columns.map((column) => column.nullable)).toEqual([false, false, true, true, true, true]);
    expect(table.primaryKey).toEqual({ columns: ["id"], name: undefined });
    expect(table.columns[0]?.autoIncrement).toBe(true);
  });

  test("defaults are values or expressions", () => {
    expect(table.columns.map((column) => column.default)).toEqual([
      undefined,
      { kind: "value", value: "x" },
      { kind: "expression", expression: "current_date" },
      undefined,
      undefined,
      { kind: "value", value: [] },
    ]);
  });

  test("what else a model says of them", () => {
    expect(table.columns[1]?.collation).toBe("nocase");
    expect(table.columns[3]?.generated).toEqual({ expression: "upper(user_name)", stored: true });
    expect(table.columns.map((column) => column.managed)).toEqual([true, true, true, true, false, true]);
  });

  test("a default passes the column's prepare, as a write does", () => {
    const Item = defineModel("items", {
      columns: { code: col.string({ default: "ab", prepare: (code) => code.toUpperCase() }) },
    });
    expect(tableOf(createSchema({ items: Item })).columns[0]?.default).toEqual({ kind: "value", value: "AB" });
  });

  test("a composite key is never null either", () => {
    const Line = defineModel("lines", {
      columns: { orderId: col.integer(), lineNo: col.integer(), note: col.text() },
      primaryKey: ["orderId", "lineNo"],
    });
    const lines = tableOf(createSchema({ lines: Line }));
    expect(lines.primaryKey).toEqual({ columns: ["order_id", "line_no"], name: undefined });
    expect(lines.columns.map((column) => column.nullable)).toEqual([false, false, true]);
  });
});

describe("unique keys, indexes and checks", () => {
  const User = defineModel("users", {
    columns: {
      id: col.increment({ unique: true }),
      email: col.string({ unique: true, index: true }),
      firstName: col.string(),
      lastName: col.string(),
    },
    uniques: [["email"], { columns: ["firstName", "lastName"], name: "whole_name" }],
    indexes: [
      ["email"],
      { columns: ["lastName", "firstName"], order: { firstName: "desc" }, where: "email is not null" },
      { columns: ["lastName", "firstName"], where: "email is null" },
    ],
    checks: ["email <> ''", { expression: "last_name <> ''", name: "named" }],
  });
  const table = tableOf(createSchema({ users: User }));

  test("the same columns twice are one, and a key needs no second one", () => {
    expect(table.uniques).toEqual([
      { columns: ["email"], name: "users_email_unique" },
      { columns: ["first_name", "last_name"], name: "whole_name" },
    ]);
    expect(table.indexes.filter((index) => index.columns.length === 1)).toHaveLength(1);
  });

  test("two indexes over the same columns have two names", () => {
    const [, first, second] = table.indexes;
    expect(first?.name).toBe("users_last_name_first_name_index");
    expect(first?.columns.map((part) => [part.column, part.order])).toEqual([
      ["last_name", "asc"],
      ["first_name", "desc"],
    ]);
    expect(second?.name).toMatch(/^users_last_name_first_name_[0-9a-f]{8}_index$/);
  });

  test("an unnamed check is named after its text", () => {
    expect(table.checks).toEqual([
      { name: expect.stringMatching(/^users_[0-9a-f]{8}_check$/), expression: "email <> ''" },
      { name: "named", expression: "last_name <> ''" },
    ]);
  });

  test("a name that two objects are given is refused", () => {
    const A = defineModel("a", { columns: { x: col.text() }, uniques: [{ columns: ["x"], name: "Same" }] });
    const B = defineModel("b", { columns: { x: col.text() }, indexes: [{ columns: ["x"], name: "same" }] });
    expect(() => stateOf(createSchema({ a: A, b: B }))).toThrow(
      'The name "same" is given to an index or unique key of table "a" and to another of table "b". Name one of them differently.',
    );
  });

  test("derived names that fall together are told apart", () => {
    const A = defineModel("a_b", { columns: { c: col.text({ index: true }) } });
    const B = defineModel("a", { columns: { bC: col.text({ index: true }) } });
    const { tables } = stateOf(createSchema({ one: A, two: B }));
    const names = tables.flatMap((one) => one.indexes.map((index) => index.name));
    expect(names[0]).toBe("a_b_c_index");
    expect(names[1]).toMatch(/^a_b_c_[0-9a-f]{8}_index$/);
  });
});

describe("foreign keys", () => {
  const User = defineModel("users", { columns: { id: col.increment() } });
  const Post = defineModel("posts", {
    columns: { id: col.increment(), userId: col.integer(), editorId: col.integer() },
  });

  test("come from a belongsTo that says so, and from no other relation", () => {
    const schema = createSchema(
      { users: User, posts: Post },
      {
        users: defineRelations(User, ({ hasMany }) => ({ posts: hasMany(Post, { foreignKey: "userId" }) })),
        posts: defineRelations(Post, ({ belongsTo }) => ({
          user: belongsTo(User, { foreignKey: "userId", constraint: { onDelete: "cascade", deferrable: true } }),
          editor: belongsTo(User, { foreignKey: "editorId" }),
        })),
      },
    );
    expect(tableOf(schema, "users").foreignKeys).toEqual([]);
    expect(tableOf(schema, "posts").foreignKeys).toEqual([
      {
        name: "posts_user_id_foreign",
        columns: ["user_id"],
        references: { table: "users", namespace: undefined, columns: ["id"] },
        onDelete: "cascade",
        onUpdate: "no action",
        deferrable: true,
      },
    ]);
  });

  test("come from a model that wants them without a relation", () => {
    const Note = defineModel("notes", {
      columns: { postId: col.integer() },
      foreignKeys: [{ columns: ["postId"], references: { table: "posts", columns: ["id"] }, name: "note_post" }],
    });
    expect(tableOf(createSchema({ notes: Note })).foreignKeys).toMatchObject([
      { name: "note_post", columns: ["post_id"] },
    ]);
  });

  test("one that is declared twice must say the same", () => {
    const twice = (onDelete: "cascade" | "restrict") => {
      const Note = defineModel("notes", {
        columns: { userId: col.integer() },
        foreignKeys: [{ columns: ["userId"], references: { table: "users", columns: ["id"] }, onDelete: "cascade" }],
      });
      return createSchema(
        { users: User, notes: Note },
        {
          notes: defineRelations(Note, ({ belongsTo }) => ({
            user: belongsTo(User, { foreignKey: "userId", constraint: { onDelete } }),
          })),
        },
      );
    };
    expect(tableOf(twice("cascade"), "notes").foreignKeys).toHaveLength(1);
    expect(() => stateOf(twice("restrict"))).toThrow(/declared twice with different actions/);
  });
});

describe("two models on one table", () => {
  const Full = defineModel("people", {
    columns: { id: col.increment(), name: col.string({ nullable: false }), age: col.integer({ index: true }) },
  });

  test("are one table with the columns of both", () => {
    const Slim = defineModel("people", { columns: { id: col.increment(), name: col<string>(), nick: col.text() } });
    const { tables } = stateOf(createSchema({ slim: Slim, full: Full }));
    expect(tables).toHaveLength(1);
    expect(tables[0]?.columns.map(({ name, type }) => [name, type?.kind])).toEqual([
      ["id", "integer"],
      ["name", "string"],
      ["nick", "text"],
      ["age", "integer"],
    ]);
    expect(tables[0]?.indexes).toHaveLength(1);
  });

  test("may read a column differently", () => {
    const A = defineModel("t", { columns: { at: col.datetime(), n: col.bigInteger() } });
    const B = defineModel("t", {
      columns: { at: col.datetime({ as: "string" }), n: col.bigInteger({ mode: "bigint" }) },
    });
    expect(stateOf(createSchema({ a: A, b: B })).tables).toHaveLength(1);
  });

  test("must agree on what it is", () => {
    const Other = defineModel("people", { columns: { id: col.increment(), name: col.string({ length: 5 }) } });
    expect(() => stateOf(createSchema({ full: Full, other: Other }))).toThrow(
      'The models "full" and "other" share the table "people" and disagree on type and nullable of its column "name". Declare the column alike in both.',
    );
  });
});
