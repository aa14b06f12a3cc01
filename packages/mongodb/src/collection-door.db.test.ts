import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { Collection, Decimal128, ObjectId } from "mongodb";
import { expect, test } from "vitest";
import type { MongodbAdapter } from "./index.ts";
import { onServer } from "./test-database.fixture.ts";

const User = defineModel("users", {
  columns: {
    id: col.objectId({ primaryKey: true }),
    fullName: col.string({ nullable: false }),
    balance: col.decimal({ precision: 10, scale: 2, mode: "string" }),
    bornOn: col.date({ databaseName: "birthday" }),
    nick: col.string({ serialize: (raw: string | null) => raw ?? "none" }),
    deletedAt: col.datetime(),
  },
});
const Other = defineModel("others", { columns: { id: col.increment() } });
const schema = createSchema({ users: User });

onServer((open) => {
  const start = async (adapter: MongodbAdapter = open()) => {
    const db = createDatabase(schema, adapter);
    await push(db);
    const ann = await db.from(User).insert({ fullName: "Ann", balance: "1.50" });
    return { db, ann };
  };

  test("db.collection is the driver's collection, with documents as they are stored", async () => {
    const { db, ann } = await start();
    await using _ = db;
    const users = db.collection(User);
    expect(users).toBeInstanceOf(Collection);
    expect(users.collectionName).toBe("users");
    const stored = await users.findOne({ full_name: "Ann" });
    expect(stored?._id).toEqual(ObjectId.createFromHexString(ann.id));
    expect(stored?.balance).toEqual(Decimal128.fromString("1.5"));
    await users.updateOne({ _id: ObjectId.createFromHexString(ann.id) }, { $set: { full_name: "Bea" } });
    expect(await db.from(User).pluck("fullName")).toEqual(["Bea"]);
    expect(await users.distinct("full_name")).toEqual(["Bea"]);
  });

  test("a call takes part in the transaction it is made in, and in none outside", async () => {
    const { db } = await start();
    await using _ = db;
    const users = db.collection(User);
    const names = () => users.distinct("full_name");
    await expect(
      db.transaction(async (tx) => {
        await users.insertOne({ _id: new ObjectId(), full_name: "outer" });
        await tx.collection(User).insertOne({ _id: new ObjectId(), full_name: "inner" });
        expect(await names()).toHaveLength(3);
        expect(await users.find().toArray()).toHaveLength(3);
        expect(await users.countDocuments()).toBe(3);
        expect(await tx.from(User).count()).toBe(3);
        expect(await tx.aggregate(User, [])).toHaveLength(3);
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await names()).toEqual(["Ann"]);
    await db.transaction((tx) => tx.collection(User).deleteMany({}));
    expect(await names()).toEqual([]);
  });

  test("a collection of a transaction that has ended refuses", async () => {
    const { db } = await start();
    await using _ = db;
    const users = await db.transaction(async (tx) => tx.collection(User));
    expect(() => users.find()).toThrow("already committed");
  });

  test("db.aggregate reads rows of the model, with its codecs and nothing hidden", async () => {
    const { db, ann } = await start();
    await using _ = db;
    await db.from(User).insert({ fullName: "Bea", bornOn: new Date("2000-02-29"), nick: "B" });
    await db.from(User).where("fullName", "Bea").delete();
    const rows = await db.aggregate(User, [
      { $match: { full_name: { $in: ["Ann", "Bea"] } } },
      { $sort: { full_name: 1 } },
    ]);
    expect(rows[0]).toBeInstanceOf(User);
    expect(rows[0]).toMatchObject({ id: ann.id, fullName: "Ann", balance: "1.50", bornOn: null, nick: "none" });
    expect(rows[1]).toMatchObject({ fullName: "Bea", balance: null, nick: "B" });
    expect(rows[1]?.bornOn).toEqual((await db.from(User).withTrashed().where("fullName", "Bea").oneOrFail()).bornOn);
    expect(rows[1]?.deletedAt).not.toBeNull();
    const [short] = await db.aggregate(User, [{ $sort: { full_name: 1 } }, { $project: { full_name: 1 } }]);
    expect(short).toMatchObject({ fullName: "Ann", balance: null });
  });

  test("what is wrong is told by name", async () => {
    const { db } = await start();
    await using _ = db;
    expect(() => db.collection(Other)).toThrow('Model "others" is not part of this database\'s schema');
    await expect(db.aggregate(Other, [])).rejects.toThrow('Model "others" is not part of this database\'s schema');
    await expect(db.aggregate(User, [{ $nope: 1 }])).rejects.toMatchObject({ code: "QUERY_FAILED", model: "users" });
    await db.close();
    expect(() => db.collection(User)).toThrow("This database handle was closed");
  });
});
