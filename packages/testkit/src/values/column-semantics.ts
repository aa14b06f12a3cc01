import {
  col,
  createDatabase,
  createSchema,
  defineModel,
  defineRelations,
  InvalidValueError,
  NotNullViolationError,
  sqlDefault,
} from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { push } from "@mortise/migrator";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "./target.ts";

const calls: (readonly [string, unknown])[] = [];
const first = new Date("2024-02-29T10:00:00.000Z");
const later = new Date("2024-03-01T11:30:00.500Z");
let counter = 0;

const columns = {
  id: col.increment(),
  name: col.string({ nullable: false, default: "unnamed" }),
  level: col.integer({ default: 7 }),
  price: col.decimal({ precision: 8, scale: 2, mode: "string", default: "1.50" }),
  isOpen: col.boolean({ nullable: false, default: true }),
  tags: col.json<string[]>({ default: ["new"] }),
  kind: col.enum(["it's", "b"], { default: "it's" }),
  raw: col.binary({ default: Buffer.from([1, 255]) }),
  bornAt: col.datetime({ default: new Date(0) }),
  stampedAt: col.datetime({ defaultNow: true }),
  serial: col.integer({ defaultTo: () => (counter += 1) }),
  createdAt: col.datetime({ autoCreate: true }),
  createdOn: col.date({ as: "string", autoCreate: () => "2000-01-01" }),
  updatedAt: col.datetime({ autoCreate: true, autoUpdate: true }),
  touched: col.datetime({ as: "string", autoUpdate: true }),
  secret: col.string({ hidden: true, default: "hush" }),
  code: col.string({
    prepare: (value: string) => (calls.push(["prepare", value]), `<${value}>`),
    serialize: (raw: string | null) => (calls.push(["serialize", raw]), raw === null ? "none" : raw.slice(1, -1)),
  }),
};

/** What the database itself computes, where it can. */
const computed = {
  id: col.increment(),
  name: columns.name,
  expression: col.text({ default: sqlDefault("'a' || 'b'") }),
  length2X: col.integer({ databaseName: "Odd Name", generatedAs: "length(name) * 2" }),
};

/** What the options of a column mean when rows are written and read. */
export function columnSemantics(target: Target): void {
  let opened: Opened;
  describe("the options of a column", () => {
    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ["Date"], now: first });
      opened = await open(target);
      calls.length = 0;
      counter = 0;
    });
    afterEach(async () => {
      vi.useRealTimers();
      await opened.db.close();
    });
    for (const [name, run] of Object.entries(semantics)) it(name, () => run(opened));
  });
  describe("columns that the database computes", () => {
    for (const [name, run] of Object.entries(computing)) {
      it(name, async ({ skip }) => {
        const adapter = await target.open();
        skip(!adapter.capabilities.raw, `${target.name} takes no expressions of SQL`);
        const { db, boxes } = await openComputed(adapter);
        await run(boxes);
        await db.close();
      });
    }
  });
}

type Opened = Awaited<ReturnType<typeof open>>;

async function open(target: Target) {
  const Item = defineModel("items", { columns });
  const Note = defineModel("notes", { columns: { id: col.increment(), itemId: col.integer(), code: columns.code } });
  const schema = createSchema(
    { items: Item, notes: Note },
    {
      items: defineRelations(Item, ({ hasMany }) => ({ notes: hasMany(Note, { foreignKey: "itemId" }) })),
      notes: defineRelations(Note, ({ belongsTo }) => ({ item: belongsTo(Item, { foreignKey: "itemId" }) })),
    },
  );
  const adapter = await target.open();
  const db = createDatabase(schema, adapter);
  await push(db);
  return { db, raw: adapter.capabilities.raw, items: db.from(schema.items), notes: db.from(schema.notes) };
}

const semantics: Readonly<Record<string, (opened: Opened) => Promise<void>>> = {
  "database defaults fill what an insert leaves out": async ({ items }) => {
    const row = await items.insert({});
    expect(row).toMatchObject({ name: "unnamed", level: 7, price: "1.50", isOpen: true, tags: ["new"], kind: "it's" });
    expect(row).toMatchObject({ raw: Buffer.from([1, 255]), bornAt: new Date(0), secret: "hush" });
    expect(row.stampedAt).toBeInstanceOf(Date);
    expect(await items.find(row.id)).toEqual(row);
  },
  "a given value wins over a default, and null is a value": async ({ items }) => {
    const given = {
      name: "n",
      level: null,
      price: null,
      tags: null,
      kind: null,
      serial: null,
      createdAt: null,
      touched: null,
    } as const;
    expect(await items.insert({ ...given, updatedAt: later, createdOn: "1999-12-31" })).toMatchObject({
      ...given,
      updatedAt: later,
      createdOn: "1999-12-31",
    });
  },
  "defaultTo is asked once for each row without a value": async ({ items }) => {
    const rows = await items.insertMany([{}, { serial: 50 }, {}]);
    expect(rows.map((row) => row.serial)).toEqual([1, 50, 2]);
    expect(counter).toBe(2);
  },
  "autoCreate and autoUpdate set the instant of the call": async ({ items }) => {
    const { id } = await items.insert({});
    vi.setSystemTime(later);
    expect(await items.where("id", id).update({ level: 1 })).toBe(1);
    const row = await items.findOrFail(id);
    expect(row).toMatchObject({
      createdAt: first,
      createdOn: "2000-01-01",
      updatedAt: later,
      touched: "2024-03-01T11:30:00.5Z",
    });
    vi.setSystemTime(first);
    await items.where("id", id).increment("level");
    expect(await items.find(id)).toMatchObject({ createdAt: first, updatedAt: first, level: 2 });
    await items.where("id", id).update({ updatedAt: later, touched: null });
    expect(await items.find(id)).toMatchObject({ updatedAt: later, touched: null });
  },
  "an upsert keeps createdAt and moves updatedAt": async ({ items }) => {
    const { id } = await items.insert({ name: "a" });
    vi.setSystemTime(later);
    const row = await items.upsert({ id, name: "b" }, { conflict: ["id"] });
    expect(row).toMatchObject({ id, name: "b", createdAt: first, updatedAt: later, serial: 1 });
  },
  "hidden columns are read but not shown by plain": async ({ items, notes }) => {
    const { id } = await items.insert({});
    await notes.insert({ itemId: id });
    expect((await items.sole()).secret).toBe("hush");
    const [plain] = await notes.load("item").plain();
    expect(Object.keys(plain?.item ?? {})).not.toContain("secret");
    expect(Object.keys((await items.plain())[0] ?? {})).toEqual(
      Object.keys(columns).filter((name) => name !== "secret"),
    );
  },
  "null in a column that takes none is refused before it is sent": async ({ db, items }) => {
    let sent = 0;
    db.on("query", () => (sent += 1));
    await expect(items.insert({ name: untrusted(null) })).rejects.toThrow(NotNullViolationError);
    await expect(items.unfiltered().update({ name: untrusted(null) })).rejects.toMatchObject({
      code: "NOT_NULL_VIOLATION",
      table: "items",
      columns: ["name"],
    });
    expect(sent).toBe(0);
  },
  "undefined is refused where nothing supplies a value": async ({ items }) => {
    for (const values of [{ name: undefined }, { level: undefined }]) {
      await expect(items.insert(untrusted(values))).rejects.toThrow(
        /is undefined\. Use null, or leave the column out\./,
      );
    }
    await expect(items.where("id", 1).update(untrusted({ level: undefined }))).rejects.toThrow(InvalidValueError);
    expect(await items.insert(untrusted({ serial: undefined, createdAt: undefined }))).toMatchObject({
      serial: 1,
      createdAt: first,
    });
  },
  "prepare makes what is stored and what is compared, but not of null": async ({ db, raw, items }) => {
    await items.insertMany([{ code: "a" }, { code: null }]);
    if (raw) expect(await db.raw("select code from items order by id")).toEqual([{ code: "<a>" }, { code: null }]);
    expect(calls.filter(([what]) => what === "prepare")).toEqual([["prepare", "a"]]);
    expect(await items.where("code", "a").orWhereIn("code", ["a", "b"]).pluck("id")).toEqual([1]);
    await items.where("id", 2).update({ code: "b" });
    expect(await items.whereBetween("code", ["b", "c"]).pluck("code")).toEqual(["b"]);
  },
  "serialize makes the value of every read, of null too": async ({ items, notes }) => {
    await items.insertMany([{ code: "a" }, { code: null }]);
    await notes.insertMany([{ itemId: 1, code: "x" }, { itemId: 1 }]);
    expect(await items.orderBy("id").pluck("code")).toEqual(["a", "none"]);
    expect((await items.select({ other: "code" }).orderBy("id").many()).map((row) => row.other)).toEqual(["a", "none"]);
    expect((await items.where("id", 1).load("notes").sole()).notes.map((note) => note.code)).toEqual(["x", "none"]);
    expect((await notes.where("id", 1).load("item").sole()).item?.code).toBe("a");
    expect((await items.where("id", 1).returning("code").update({ code: "c" }))[0]?.code).toBe("c");
    for await (const row of items.where("id", 1).stream()) expect(row.code).toBe("c");
    const page = await items.orderBy("code", "desc").cursorPaginate({ perPage: 1 });
    const next = await items.orderBy("code", "desc").cursorPaginate({ perPage: 1, after: page.meta.nextCursor });
    expect([...page.data, ...next.data].map((row) => row.code)).toEqual(["c", "none"]);
    expect([await items.max("code"), await items.min("code")]).toEqual(["c", "c"]);
    expect((await items.selectMax("code", "top").sole()).top).toBe("c");
    expect((await items.where("id", 1).withMax("notes", "code").sole()).notesCodeMax).toBe("x");
  },
};

async function openComputed(adapter: Adapter) {
  const schema = createSchema({ boxes: defineModel("boxes", { columns: computed }) });
  const db = createDatabase(schema, adapter);
  await push(db);
  return { db, boxes: db.from(schema.boxes) };
}

type Boxes = Awaited<ReturnType<typeof openComputed>>["boxes"];

const computing: Readonly<Record<string, (boxes: Boxes) => Promise<void>>> = {
  "are filled by what their expressions give": async (boxes) => {
    const row = await boxes.insert({});
    expect(row).toEqual({ id: row.id, name: "unnamed", expression: "ab", length2X: 14 });
    expect(await boxes.find(row.id)).toEqual(row);
    expect(await boxes.insert({ name: "n", expression: "given" })).toMatchObject({ expression: "given", length2X: 2 });
  },
  "cannot be written": async (boxes) => {
    const values = untrusted({ length2X: 1 });
    await expect(boxes.insert(values)).rejects.toThrow(InvalidValueError);
    await expect(boxes.unfiltered().update(values)).rejects.toThrow(
      /"length2X" of model "boxes" is computed by the database/,
    );
  },
};
