import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Insertable, Kysely, Selectable, Updateable } from "kysely";
import { expectTypeOf, test } from "vitest";
import type { DatabaseName } from "@mortise/core/adapter";
import type { DatabaseOf } from "./database-of.ts";
import type { SqlAdapter } from "./sql-adapter.ts";

const Person = defineModel("people", {
  columns: {
    id: col.increment(),
    fullName: col.string({ nullable: false }),
    userID: col.integer(),
    address2Line: col.string(),
    isAdmin: col.boolean({ nullable: false, default: false }),
    bornOn: col.date({ nullable: false, databaseName: "birthday" }),
    kind: col.enum(["a", "b"], { nullable: false, databaseName: "type" }),
    settings: col.json<{ theme: string }>(),
    score: col.decimal({ nullable: false, default: 0, databaseName: "points" }),
    notes: col.json(),
    photo: col.binary(),
    createdAt: col.datetime({ nullable: false, autoCreate: true }),
  },
});
const Shadow = defineModel("people", { columns: { id: col.increment(), nickName: col.string() } });
const Kept = defineModel("Kept", {
  columns: { idOne: col.increment() },
  options: { databaseCaseConvention: "preserve" },
});
const Pascal = defineModel("Pascal", {
  columns: { idOne: col.increment(), two_three: col.integer() },
  options: { databaseCaseConvention: "pascal" },
});
const Camel = defineModel("camel", {
  columns: { IdOne: col.increment() },
  options: { databaseCaseConvention: "camel" },
});
const Computed = defineModel("computed", {
  columns: { idOne: col.increment(), named: col.string({ databaseName: "known" }) },
  options: { databaseCaseConvention: (name) => `x_${name}` },
});
const Renamed = defineModel("renamed", {
  columns: { id: col.increment(), settings: col.json<string[]>({ databaseName: "prefs" }) },
});
const schema = createSchema(
  { people: Person, shadows: Shadow, kept: Kept, pascal: Pascal, camel: Camel, computed: Computed, renamed: Renamed },
  { people: defineRelations(Person, ({ hasMany }) => ({ fans: hasMany(Person, { foreignKey: "userID" }) })) },
);
type DB = DatabaseOf<typeof schema>;
declare const adapter: SqlAdapter;
const db = createDatabase(schema, adapter);

test("tables and columns have their names of the database", () => {
  expectTypeOf<keyof DB>().toEqualTypeOf<"people" | "Kept" | "Pascal" | "camel" | "computed" | "renamed">();
  expectTypeOf<keyof DB["people"]>().toEqualTypeOf<
    | "id"
    | "full_name"
    | "user_id"
    | "address2_line"
    | "is_admin"
    | "birthday"
    | "type"
    | "notes"
    | "photo"
    | "created_at"
    | "nick_name"
    | "settings"
    | "points"
  >();
});

test("conventions and names of their own", () => {
  expectTypeOf<keyof DB["Kept"]>().toEqualTypeOf<"idOne">();
  expectTypeOf<keyof DB["camel"]>().toEqualTypeOf<"idOne">();
  expectTypeOf<DatabaseName<"HTTPServer", "snake">>().toEqualTypeOf<"http_server">();
  expectTypeOf<DatabaseName<"userID", "snake">>().toEqualTypeOf<"user_id">();
  expectTypeOf<DatabaseName<"a1B2", "snake">>().toEqualTypeOf<"a1_b2">();
  expectTypeOf<DatabaseName<"_hidden", "snake">>().toEqualTypeOf<"_hidden">();
  expectTypeOf<DatabaseName<"already_snake", "snake">>().toEqualTypeOf<"already_snake">();
  expectTypeOf<DatabaseName<"çaVa", "snake">>().toEqualTypeOf<"ça_va">();
  expectTypeOf<
    DatabaseName<"aNameOfQuiteSomeLengthThatGoesBeyondFiftyLettersInAll", "snake">
  >().toEqualTypeOf<"a_name_of_quite_some_length_that_goes_beyond_fifty_letters_in_all">();
});

test("a name that only the run time knows may be any", async () => {
  expectTypeOf<DatabaseName<"two_three", "pascal">>().toEqualTypeOf<Capitalize<string>>();
  expectTypeOf<DatabaseName<"any", (name: string) => string>>().toEqualTypeOf<string>();
  const computed = await db.kysely.selectFrom("computed").select(["known", "x_idOne"]).executeTakeFirstOrThrow();
  expectTypeOf(computed.known).toEqualTypeOf<string | null>();
  const pascal = await db.kysely.selectFrom("Pascal").select(["IdOne", "TwoThree"]).executeTakeFirstOrThrow();
  expectTypeOf(pascal.IdOne).toEqualTypeOf<number>();
  // A type argument that is written out keeps the compiler from inferring the name beside it.
  const renamed = await db.kysely.selectFrom("renamed").select(["id", "prefs"]).executeTakeFirstOrThrow();
  expectTypeOf(renamed.id).toEqualTypeOf<number>();
  // @ts-expect-error -- such names begin with a capital
  db.kysely.selectFrom("Pascal").select("twoThree");
});

test("values are those that engines give and take", () => {
  type Read = Selectable<DB["people"]>;
  expectTypeOf<Read["id"]>().toEqualTypeOf<number>();
  expectTypeOf<Read["full_name"]>().toEqualTypeOf<string>();
  expectTypeOf<Read["user_id"]>().toEqualTypeOf<number | null>();
  expectTypeOf<Read["is_admin"]>().toEqualTypeOf<boolean | number>();
  expectTypeOf<Read["birthday"]>().toEqualTypeOf<Date | string>();
  expectTypeOf<Read["type"]>().toEqualTypeOf<"a" | "b">();
  expectTypeOf<Read["notes"]>().toEqualTypeOf<unknown>();
  expectTypeOf<Read["photo"]>().toEqualTypeOf<Uint8Array | null>();
  type Kinds = Insertable<DB["Kept"]>;
  expectTypeOf<Kinds["idOne"]>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Updateable<DB["Kept"]>["idOne"]>().toEqualTypeOf<number | undefined>();
});

test("db.kysely speaks the database's names", async () => {
  expectTypeOf(db.kysely).toEqualTypeOf<Kysely<DB>>();
  const row = await db.kysely
    .selectFrom("people")
    .innerJoin("camel", "camel.idOne", "people.user_id")
    .select(["people.id", "full_name", "camel.idOne as camelId"])
    .where("birthday", "<", new Date())
    .executeTakeFirstOrThrow();
  expectTypeOf(row).toEqualTypeOf<{ id: number; full_name: string; camelId: number }>();
  // @ts-expect-error -- the key in the schema is not the table
  db.kysely.selectFrom("pascal");
  // @ts-expect-error -- no such column
  db.kysely.selectFrom("camel").select("id_one");
  // @ts-expect-error -- the property, not the name in the database
  db.kysely.selectFrom("Kept").select("id_one");
  // @ts-expect-error -- the column holds numbers
  db.kysely.selectFrom("Kept").where("idOne", "=", "one");
});

test("inserts need what the model needs", () => {
  db.kysely.insertInto("people").values({ full_name: "Ann", birthday: "2026-01-01", type: "a" });
  db.kysely
    .insertInto("people")
    .values({ full_name: "Ann", birthday: new Date(), type: "b", is_admin: 1, settings: "{}", points: 1 });
  // @ts-expect-error -- the name is missing
  db.kysely.insertInto("people").values({ birthday: new Date(), type: "a" });
  // @ts-expect-error -- not one of the values
  db.kysely.insertInto("people").values({ full_name: "Ann", birthday: new Date(), type: "c" });
  // @ts-expect-error -- the column is not nullable
  db.kysely.updateTable("people").set({ full_name: null });
});

test("transactions have the door too", async () => {
  await db.transaction(async (tx) => {
    expectTypeOf(tx.kysely).toEqualTypeOf<Kysely<DB>>();
    await tx.transaction((inner) => expectTypeOf(inner.kysely).toEqualTypeOf<Kysely<DB>>());
  });
  const tx = await db.begin();
  expectTypeOf(tx.kysely).toEqualTypeOf<Kysely<DB>>();
  // @ts-expect-error -- the schema is for the compiler alone
  void db.schema;
});
