import { col, createDatabase, createSchema, defineModel, MortiseError } from "@mortise/core";
import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addToSet, mongodb, pull, push } from "./index.ts";

const PartTable = defineModel("parts", {
  columns: {
    id: col.primary<number>({ type: "integer" }),
    title: col.string({ nullable: false }),
    price: col.decimal({ precision: 10, scale: 2, mode: "string" }),
    at: col.datetime(),
    owner: col.objectId(),
    meta: col.json(),
    words: col.array(col.string()),
  },
});
const schema = createSchema({ parts: PartTable });
const { parts: Part } = schema;

/** Values that are operators to MongoDB. */
const operators: readonly unknown[] = [
  { $ne: null },
  { $gt: "" },
  { $where: "1" },
  { $expr: true },
  { "a.b": { $ne: 1 } },
  { $literal: 1 },
  [{ $ne: null }],
  { _bsontype: "Code", code: "1" },
];

/** A server that counts who comes, and answers nobody: what is refused must not come here. */
let visits = 0;
const server = createServer((socket) => {
  visits += 1;
  socket.destroy();
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  url = `mongodb://127.0.0.1:${port}/nothing?directConnection=true`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function open() {
  return createDatabase(schema, mongodb({ url, connectTimeout: 200 }));
}

/** Calls a method of the query by its name and then what runs it, as a caller without types can. */
function call(query: object, ...steps: readonly (readonly [method: string, ...given: readonly unknown[]])[]): unknown {
  return steps.reduce<unknown>(
    (on, [method, ...given]) => Reflect.apply(Reflect.get(Object(on), method), on, given),
    query,
  );
}

const one = ["where", "id", 1] as const;
const columns = ["id", "title", "price", "at", "owner"];

/** Each way by which a value can come in. */
const ways: Readonly<Record<string, (parts: object, value: unknown) => readonly (() => unknown)[]>> = {
  "a filter": (parts, value) => columns.map((column) => () => call(parts, ["where", column, value], ["many"])),
  "a filter by an object": (parts, value) =>
    columns.map((column) => () => call(parts, ["where", { [column]: value }], ["many"])),
  "a whole filter": (parts, value) => [() => call(parts, ["where", value], ["many"])],
  "a list": (parts, value) => columns.map((column) => () => call(parts, ["whereIn", column, [value]], ["many"])),
  "a range": (parts, value) =>
    columns.map((column) => () => call(parts, ["whereBetween", column, [value, value]], ["many"])),
  "a pattern": (parts, value) => [() => call(parts, ["whereLike", "title", value], ["many"])],
  "a key": (parts, value) => [() => call(parts, ["find", value]), () => call(parts, ["findOrFail", value])],
  "a limit": (parts, value) => [
    () => call(parts, ["limit", value], ["many"]),
    () => call(parts, ["offset", value], ["many"]),
  ],
  "an order": (parts, value) => [() => call(parts, ["orderBy", value], ["many"])],
  "a value inside a document": (parts, value) => [
    () => call(parts, ["whereJson", "meta", ["a"], value], ["many"]),
    () => call(parts, ["whereJson", "meta", [value], 1], ["many"]),
  ],
  "an insert": (parts, value) =>
    columns.map((column) => () => call(parts, ["insert", { id: 1, title: "t", [column]: value }])),
  "an insert of a list": (parts, value) => [
    () => call(parts, ["insert", { id: 1, title: "t", words: [value] }]),
    () => call(parts, ["insertMany", [{ id: 1, title: value }]]),
  ],
  "an upsert": (parts, value) => [() => call(parts, ["upsert", { id: 1, title: value }, { conflict: ["id"] }])],
  "an update": (parts, value) =>
    columns.slice(1).map((column) => () => call(parts, [...one], ["update", { [column]: value }])),
  "an increment": (parts, value) => [() => call(parts, [...one], ["increment", "price", value])],
  firstOrCreate: (parts, value) => [() => call(parts, ["firstOrCreate", { title: value }])],
};

describe.each(Object.entries(ways))("%s", (_way, attempts) => {
  test.each(operators.map((value) => [JSON.stringify(value), value]))(
    "refuses %s before anything is sent",
    async (_, value) => {
      await using db = open();
      visits = 0;
      const parts: object = db.from(Part);
      for (const attempt of attempts(parts, value)) {
        const error = await outcome(attempt);
        expect(error).toBeInstanceOf(MortiseError);
        expect(error).not.toMatchObject({ code: "CONNECTION" });
      }
      expect(visits).toBe(0);
    },
  );
});

/** Keys of documents are checked on every level, wherever a document may stand. */
test("a key with a dollar sign is refused in documents, one with a point is not", async () => {
  await using db = open();
  visits = 0;
  const parts: object = db.from(Part);
  for (const meta of [{ $set: 1 }, { a: { $ne: 1 } }, [{ $where: "1" }], { a: [[{ $gt: "" }]] }]) {
    const attempts = [
      () => call(parts, ["insert", { id: 1, title: "t", meta }]),
      () => call(parts, [...one], ["update", { meta }]),
      () => call(parts, ["whereJsonContains", "meta", meta], ["many"]),
      ...[push, pull, addToSet].map((change) => () => call(parts, [...one], ["update", { meta: change(meta) }])),
    ];
    for (const attempt of attempts) {
      expect(await outcome(attempt)).toMatchObject({
        code: "INVALID_VALUE",
        message: expect.stringContaining("begin with $"),
      });
    }
  }
  expect(visits).toBe(0);
  await outcome(() => call(parts, ["insert", { id: 1, title: "t", meta: { "a.b": 1 } }]));
  expect(visits).toBeGreaterThan(0);
});

async function outcome(attempt: () => unknown): Promise<unknown> {
  try {
    return await attempt();
  } catch (error) {
    return error;
  }
}
