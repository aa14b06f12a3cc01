import { expectTypeOf, test } from "vitest";
import type { Adapter } from "../adapter/adapter.ts";
import { createDatabase } from "../runtime/create-database.ts";
import type { Transaction } from "./database.ts";
import { expectRows } from "./expect-rows.fixture.ts";
import { adapter, db, Post, schema, User } from "./shop.fixture.ts";

test("a transaction is typed as the database", async () => {
  const rows = await db.transaction(async (tx) => {
    expectTypeOf(tx.from).toEqualTypeOf(db.from);
    tx.afterCommit(() => undefined);
    return tx.from(User).select("id").load("posts").many();
  });
  expectTypeOf(rows[0]!.posts[0]!.title).toEqualTypeOf<string>();
  expectRows(await db.transaction(() => 1)).toEqualTypeOf<number>();
  await db.transaction((tx) => tx.transaction((inner) => inner.from(Post).count()));
  // @ts-expect-error -- no such column inside the transaction
  await db.transaction((tx) => tx.from(User).where("nope", 1).many());
  // @ts-expect-error -- a transaction is not closed
  await db.transaction((tx) => tx.close());
  // @ts-expect-error -- `afterCommit` belongs to a transaction
  db.afterCommit(() => undefined);
});

test("a transaction begun by hand is ended by hand", async () => {
  await using tx = await db.begin();
  expectRows(await tx.from(User).select("id").one()).toEqualTypeOf<{ id: number } | null>();
  await tx.commit();
  const work = <R>(inside: Transaction<R>) => inside.raw("select 1");
  await work(tx);
  // @ts-expect-error -- the database itself is not committed
  await db.commit();
});

test("raw rows have the type that was said", async () => {
  expectRows(await db.raw<{ n: number }>("select 1 as n")).toEqualTypeOf<{ n: number }[]>();
  expectRows(await db.raw("select ?", [1])).toEqualTypeOf<Record<string, unknown>[]>();
  // @ts-expect-error -- bindings are a list
  await db.raw("select ?", 1);
});

test("what an adapter brings is on the handle and on transactions", async () => {
  const opened = createDatabase(schema, {} as Adapter<never, { readonly door: "open" }>);
  expectTypeOf(opened.door).toEqualTypeOf<"open">();
  await opened.transaction((tx) => expectTypeOf(tx.door).toEqualTypeOf<"open">());
  // @ts-expect-error -- this adapter brings no door
  void db.door;
  // @ts-expect-error -- not a schema
  createDatabase({ users: User }, adapter);
  // @ts-expect-error -- not an adapter
  createDatabase(schema, {});
  // @ts-expect-error -- no such option
  createDatabase(schema, adapter, { cache: 5 });
  // @ts-expect-error -- no such event
  db.on("created", () => undefined);
});

test("a handle is told how relations are loaded", () => {
  expectTypeOf(createDatabase(schema, adapter, { relationStrategy: "json" }).from).toEqualTypeOf(db.from);
  // @ts-expect-error -- no such strategy
  createDatabase(schema, adapter, { relationStrategy: "magic" });
});

test("an adapter may be chosen while the program runs", async () => {
  const chosen = {} as Adapter<"text", { readonly door: "open" }> | Adapter<"command", { readonly documents: true }>;
  const opened = createDatabase(schema, chosen);
  expectRows(await opened.from(User).select("id").many()).toEqualTypeOf<{ id: number }[]>();
  // @ts-expect-error -- which door there is nobody knows
  void opened.door;
  // @ts-expect-error -- no such column
  opened.from(User).where("nope", 1);
});
