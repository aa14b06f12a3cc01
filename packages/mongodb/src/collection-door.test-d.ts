import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import type { Collection, Decimal128, ObjectId } from "mongodb";
import { expectTypeOf, test } from "vitest";
import type { MongodbAdapter } from "./adapter.ts";
import type { StoredDocument } from "./stored-document.ts";

const User = defineModel("users", {
  columns: {
    id: col.objectId({ primaryKey: true }),
    fullName: col.string({ nullable: false }),
    kind: col.enum(["a", "b"], { nullable: false, databaseName: "type" }),
    age: col.integer(),
  },
});
const Pair = defineModel("pairs", { columns: { left: col.integer({ nullable: false }) } });
const schema = createSchema({ users: User, pairs: Pair }, { users: defineRelations(User, () => ({})) });
declare const adapter: MongodbAdapter;
const db = createDatabase(schema, adapter);
type Text = string | ObjectId | Decimal128 | Date;

test("the driver's collection holds documents by names of the database", async () => {
  type Stored = StoredDocument<typeof User>;
  expectTypeOf<keyof Stored>().toEqualTypeOf<"_id" | "full_name" | "type" | "age">();
  expectTypeOf<Stored["_id"]>().toEqualTypeOf<Text>();
  expectTypeOf<Stored["full_name"]>().toEqualTypeOf<Text>();
  expectTypeOf<Stored["type"]>().toEqualTypeOf<"a" | "b">();
  expectTypeOf<Stored["age"]>().toEqualTypeOf<number | bigint | Decimal128 | null | undefined>();
  expectTypeOf<StoredDocument<typeof Pair>["_id"]>().toEqualTypeOf<unknown>();
  expectTypeOf(db.collection(User)).toEqualTypeOf<Collection<Stored>>();
  await db.collection(User).updateOne({ full_name: "Ann" }, { $inc: { age: 1 } });
  // @ts-expect-error -- the column has other labels
  await db.collection(User).updateOne({ type: "c" }, { $set: { age: 1 } });
  // @ts-expect-error -- a model, not its name
  db.collection("users");
});

test("a pipeline gives rows of the model", async () => {
  const [row] = await db.aggregate(User, [{ $match: { type: "a", age: { $gt: 1 } } }, { $limit: 1 }]);
  expectTypeOf(row!).toEqualTypeOf<{ id: string; fullName: string; kind: "a" | "b"; age: number | null }>();
  // @ts-expect-error -- the column has other labels
  await db.aggregate(User, [{ $match: { type: "c" } }]);
  // @ts-expect-error -- a stage begins with a dollar sign
  await db.aggregate(User, [{ match: { type: "a" } }]);
});

test("transactions have the door too, and there is none to SQL", async () => {
  await db.transaction(async (tx) => {
    expectTypeOf(tx.collection(User)).toEqualTypeOf<Collection<StoredDocument<typeof User>>>();
    await tx.aggregate(User, []);
    // @ts-expect-error -- MongoDB runs no text
    await tx.raw("select 1");
  });
  // @ts-expect-error -- MongoDB runs no text
  await db.raw("select 1");
  // @ts-expect-error -- Kysely writes SQL
  expectTypeOf(db.kysely).toBeNever();
});
