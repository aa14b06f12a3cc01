import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { expect, test } from "vitest";
import { sqlite } from "./index.ts";

const Note = defineModel("notes", {
  columns: { id: col.increment(), text: col.text({ nullable: false }) },
  hooks: {
    afterFetch: (rows) => {
      if (rows.some(({ text }) => text === "bad")) throw new RangeError("The hook's own error.");
    },
  },
});

async function notes(...texts: string[]) {
  const db = createDatabase(createSchema({ notes: Note }), sqlite({ filename: ":memory:" }));
  await db.raw("create table notes (id integer primary key, text text not null)");
  await db.from(Note).insertMany(texts.map((text) => ({ text })));
  return db;
}

test("a stream is told to listeners like any other statement, once, with its rows", async () => {
  await using db = await notes("a", "b", "c");
  const told: unknown[] = [];
  db.on("query", ({ sql, rows, error }) => told.push([/^select .* from "notes"/.test(sql), rows, error]));
  for await (const _ of db.from(Note).stream({ batch: 2 })) expect(told).toEqual([]);
  expect(told).toEqual([[true, 3, undefined]]);
});

test("a stream that is left is told with the rows it read", async () => {
  await using db = await notes("a", "b", "c");
  const rows: number[] = [];
  db.on("query", (event) => rows.push(event.rows));
  for await (const _ of db.from(Note).stream({ batch: 2 })) break;
  expect(rows).toEqual([2]);
});

test("what a hook throws in a stream reaches the caller as it is", async () => {
  await using db = await notes("bad");
  const stream = db.from(Note).stream();
  await expect(stream.next()).rejects.toBeInstanceOf(RangeError);
});
