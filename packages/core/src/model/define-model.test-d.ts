import { expectTypeOf, test } from "vitest";
import type { Insert } from "../types/row.ts";
import { type Member, User } from "../types/shop.fixture.ts";
import { col } from "./col.ts";
import { defineModel } from "./define-model.ts";

const columns = {
  id: col.increment(),
  email: col.string({ nullable: false }),
  age: col.integer(),
  deletedAt: col.softDeletes(),
};

test("the model is a class of its rows", () => {
  expectTypeOf(User.table).toEqualTypeOf<"users">();
  expectTypeOf<InstanceType<typeof User>["name"]>().toEqualTypeOf<string>();
  expectTypeOf<InstanceType<typeof User>["bio"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<InstanceType<typeof User>["status"]>().toEqualTypeOf<"active" | "blocked">();
  expectTypeOf<InstanceType<typeof User>["createdAt"]>().toEqualTypeOf<Date>();
  expectTypeOf<keyof InstanceType<typeof Member>>().toEqualTypeOf<"id" | "name">();
  expectTypeOf(new User({ name: "Ann" })).toExtend<{ name: string }>();
  // @ts-expect-error -- no such column
  void new User({ nope: 1 });
  // @ts-expect-error -- the column holds text
  void new User({ name: 1 });
  // @ts-expect-error -- a model has no query methods
  void User.where;
});

test("any name can be a column", () => {
  const Odd = defineModel("odd", {
    columns: { table: col.string(), constructor: col.string(), toString: col.string(), save: col.integer() },
  });
  expectTypeOf<InstanceType<typeof Odd>["table"]>().toEqualTypeOf<string | null | undefined>();
  expectTypeOf<InstanceType<typeof Odd>["save"]>().toEqualTypeOf<number | null | undefined>();
  expectTypeOf<{ save: 1 }>().toExtend<Insert<typeof Odd>>();
  expectTypeOf<{ constructor: "it" }>().toExtend<Insert<typeof Odd>>();
  // @ts-expect-error -- the column holds text, also under this name
  expectTypeOf<{ constructor: 1 }>().toExtend<Insert<typeof Odd>>();
});

test("columns are columns", () => {
  // @ts-expect-error -- a model needs columns
  defineModel("things", {});
  // @ts-expect-error -- a text is no column
  defineModel("things", { columns: { id: "integer" } });
  // @ts-expect-error -- the helper was not called
  defineModel("things", { columns: { id: col.increment } });
  // @ts-expect-error -- no such key
  defineModel("things", { columns, relations: {} });
});

test("indexes name columns", () => {
  defineModel("things", {
    columns,
    indexes: [
      ["email"],
      ["email", "age"],
      { columns: ["age"], order: { age: "desc" }, include: ["email"], where: "age > 1" },
    ],
  });
  // @ts-expect-error -- no such column
  defineModel("things", { columns, indexes: [["nope"]] });
  // @ts-expect-error -- no such column in the long form
  defineModel("things", { columns, indexes: [{ columns: ["nope"] }] });
  // @ts-expect-error -- no such column among those included
  defineModel("things", { columns, indexes: [{ columns: ["age"], include: ["nope"] }] });
  // @ts-expect-error -- no such column in the order
  defineModel("things", { columns, indexes: [{ columns: ["age"], order: { nope: "asc" } }] });
  // @ts-expect-error -- no such direction
  defineModel("things", { columns, indexes: [{ columns: ["age"], order: { age: "up" } }] });
  // @ts-expect-error -- a database name is no property
  defineModel("things", { columns, indexes: [["deleted_at"]] });
});

test("uniques, keys and foreign keys name columns", () => {
  defineModel("things", {
    columns,
    uniques: [["email"], { columns: ["email", "age"], name: "both" }],
    primaryKey: ["id", "email"],
    foreignKeys: [{ columns: ["age"], references: { table: "ages", columns: ["id"] }, onDelete: "cascade" }],
  });
  // @ts-expect-error -- no such column
  defineModel("things", { columns, uniques: [["nope"]] });
  // @ts-expect-error -- no such column in the long form
  defineModel("things", { columns, uniques: [{ columns: ["nope"] }] });
  // @ts-expect-error -- no such column
  defineModel("things", { columns, primaryKey: "nope" });
  // @ts-expect-error -- no such column in a composite key
  defineModel("things", { columns, primaryKey: ["id", "nope"] });
  // @ts-expect-error -- no such column
  defineModel("things", { columns, foreignKeys: [{ columns: ["nope"], references: { table: "a", columns: ["id"] } }] });
  // @ts-expect-error -- a foreign key says what it references
  defineModel("things", { columns, foreignKeys: [{ columns: ["age"] }] });
  // prettier-ignore
  // @ts-expect-error -- no such action
  defineModel("things", { columns, foreignKeys: [{ columns: ["age"], references: { table: "a", columns: ["id"] }, onDelete: "explode" }] });
});

test("options", () => {
  defineModel("things", {
    columns,
    options: { softDeleteColumn: "deletedAt", databaseCaseConvention: (name) => name.trim() },
  });
  // @ts-expect-error -- no such column
  defineModel("things", { columns, options: { softDeleteColumn: "nope" } });
  // @ts-expect-error -- no such convention
  defineModel("things", { columns, options: { databaseCaseConvention: "kebab" } });
  // @ts-expect-error -- a convention gives a name
  defineModel("things", { columns, options: { databaseCaseConvention: (name) => name.length } });
  // @ts-expect-error -- no such option
  defineModel("things", { columns, options: { tableName: "x" } });
});

test("hooks are typed to the model's columns", () => {
  defineModel("things", {
    columns,
    hooks: {
      beforeFetch(query) {
        query.whereNull("deletedAt").where("age", ">", 18).whereIn("email", ["a", "b"]);
        query.whereNull("deleted_at").where("raw_name", "anything");
        query.where((inner) => inner.where("email", "a").orWhere("age", 1));
      },
      afterFetch(rows) {
        expectTypeOf(rows).toEqualTypeOf<{ id: number; email: string; age: number | null; deletedAt: Date | null }[]>();
        return rows.filter((row) => row.age !== null);
      },
      beforeInsert(data) {
        expectTypeOf(data.email).toEqualTypeOf<string | undefined>();
        data.age = null;
      },
      async beforeInsertMany(rows) {
        expectTypeOf(rows[0]?.age).toEqualTypeOf<number | null | undefined>();
        await Promise.resolve();
      },
      beforeUpdate: (query) => query.where("age", 1),
      beforeDelete: async (query) => {
        query.whereRaw("1 = ?", [1]);
      },
    },
  });
});

test("misused hooks are refused", () => {
  // @ts-expect-error -- the column holds numbers
  defineModel("things", { columns, hooks: { beforeFetch: (query) => query.where("age", "old") } });
  // @ts-expect-error -- a list for a list operator
  defineModel("things", { columns, hooks: { beforeFetch: (query) => query.whereIn("age", "old") } });
  // @ts-expect-error -- no such method on the draft
  defineModel("things", { columns, hooks: { beforeFetch: (query) => query.many() } });
  // @ts-expect-error -- the replacing rows are rows
  defineModel("things", { columns, hooks: { afterFetch: () => [{ id: 1 }] } });
  // @ts-expect-error -- no such column in the data
  defineModel("things", { columns, hooks: { beforeInsert: (data) => void data.nope } });
  // prettier-ignore
  // @ts-expect-error -- the column holds text
  defineModel("things", { columns, hooks: { beforeInsert(data) { data.email = 1; } } });
  // @ts-expect-error -- no such hook
  defineModel("things", { columns, hooks: { beforeSave() {} } });
  // @ts-expect-error -- no such operator
  defineModel("things", { columns, hooks: { beforeUpdate: (query) => query.where("age", "~~", 1) } });
});
