import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { col, createSchema, defineModel, defineRelations, schemaOf, sqlDefault } from "@mortise/core";
import { MigrationError } from "@mortise/core/adapter";
import { stateFromSchema, type SchemaAdapter } from "@mortise/core/state";
import { openSchemaDatabase } from "../../sqlite/src/schema-database.fixture.ts";
import { planFor, planUnlocked, runPlan } from "./apply/run-plan.ts";

/** A database and a way to take it to one schema after another. */
function openDatabase() {
  const { database, schema: adapter } = openSchemaDatabase();
  const desired = (schema: object) => stateFromSchema(schemaOf(schema));
  return {
    database,
    adapter,
    push: async (schema: object) => (await runPlan(adapter, desired(schema), undefined)).steps.map(({ line }) => line),
    plan: (schema: object) => planFor(adapter, desired(schema)),
    dump: () => database.prepare("select sql from sqlite_schema order by name").pluck().all(),
  };
}

const one = (columns: Parameters<typeof defineModel>[1]["columns"], more: object = {}) =>
  createSchema({ things: defineModel("things", { columns, ...more }) });

describe("push", () => {
  const User = defineModel("users", {
    columns: {
      id: col.increment(),
      email: col.string({ nullable: false, unique: true }),
      role: col.enum(["admin", "it's"], { nullable: false, default: "admin" }),
      isActive: col.boolean({ default: true }),
      settings: col.json({ default: { a: 1 } }),
      price: col.decimal({ precision: 10, scale: 2, default: 1.5 }),
      createdAt: col.datetime({ defaultNow: true }),
      bornOn: col.date({ default: sqlDefault("current_date") }),
    },
    checks: ["length(email) > 3"],
    indexes: [["role", "isActive"], { columns: ["createdAt"], order: { createdAt: "desc" }, where: "is_active = 1" }],
  });
  const Post = defineModel("posts", {
    columns: { id: col.bigIncrement(), userId: col.integer({ nullable: false, index: true }), title: col.text() },
  });
  const schema = createSchema(
    { posts: Post, users: User },
    {
      posts: defineRelations(Post, ({ belongsTo }) => ({
        user: belongsTo(User, { foreignKey: "userId", constraint: { onDelete: "cascade" } }),
      })),
    },
  );

  test("creates what is missing, the tables others point at first, and then finds no differences", async () => {
    const { push, plan } = openDatabase();
    expect(await push(schema)).toEqual([
      "create table users (id, email, role, is_active, settings, price, created_at, born_on)",
      "create table posts (id, user_id, title)",
    ]);
    expect(await plan(schema)).toEqual({ steps: [], refused: [], kept: [] });
    expect(await push(schema)).toEqual([]);
  });

  test("makes tables that hold to their types, and never give an id twice", async () => {
    const { push, database } = openDatabase();
    await push(schema);
    const insert = (values: string) => () =>
      database.exec(`insert into users (email, role, is_active, settings) values ${values}`);
    insert("('a@b.c', 'admin', 1, '{}')")();
    for (const bad of [
      "('a@b.d', 'king', 1, '{}')",
      "('a@b.d', 'admin', 2, '{}')",
      "('a@b.d', 'admin', 1, '{')",
      "('a', 'admin', 1, '{}')",
    ]) {
      expect(insert(bad)).toThrow(/CHECK constraint failed/);
    }
    expect(insert("('a@b.c', 'admin', 1, '{}')")).toThrow(/UNIQUE constraint failed: users.email/);
    expect(insert("('a@b.d', 'admin', 'x', '{}')")).toThrow(/cannot store TEXT value in INTEGER column/);
    database.exec("delete from users");
    insert("('a@b.c', 'admin', 1, '{}')")();
    expect(database.prepare("select id, price, created_at from users").get()).toEqual({
      id: 2,
      price: "1.5",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,3})?$/),
    });
  });

  test("makes tables that point at each other", async () => {
    const A = defineModel("a", { columns: { id: col.increment(), bId: col.integer() } });
    const B = defineModel("b", { columns: { id: col.increment(), aId: col.integer() } });
    const circle = createSchema(
      { a: A, b: B },
      {
        a: defineRelations(A, ({ belongsTo }) => ({ b: belongsTo(B, { foreignKey: "bId", constraint: true }) })),
        b: defineRelations(B, ({ belongsTo }) => ({ a: belongsTo(A, { foreignKey: "aId", constraint: true }) })),
      },
    );
    const { push, plan } = openDatabase();
    expect(await push(circle)).toHaveLength(2);
    expect((await plan(circle)).steps).toEqual([]);
  });
});

describe("a table that is there", () => {
  test("gets its missing columns, checks, unique keys and indexes, and keeps its rows", async () => {
    const { push, plan, database } = openDatabase();
    await push(one({ id: col.increment() }));
    database.exec("insert into things default values");
    const wider = one(
      {
        id: col.increment(),
        code: col.string({ length: 5, nullable: false, default: "x", unique: true, index: true }),
        isOn: col.boolean(),
        twice: col.integer({ generatedAs: "id * 2" }),
      },
      { checks: ["id < 100"] },
    );
    expect(await push(wider)).toEqual([
      "add column things.code (TEXT, not null, default 'x')",
      "add column things.is_on (INTEGER)",
      "add column things.twice (INTEGER)",
      "add check to things: id < 100",
      "add check to things: length(code) <= 5",
      "add check to things: is_on in (0, 1)",
      "add unique key things (code)",
      "create index things_code_index on things",
    ]);
    expect((await plan(wider)).steps).toEqual([]);
    expect(database.prepare("select * from things").all()).toEqual([{ id: 1, code: "x", is_on: null, twice: 2 }]);
  });

  test("gets a foreign key together with its new column", async () => {
    const Parent = defineModel("parents", { columns: { id: col.increment() } });
    const Child = defineModel("children", { columns: { id: col.increment() } });
    const Child2 = defineModel("children", { columns: { id: col.increment(), parentId: col.integer() } });
    const { push, plan, dump } = openDatabase();
    await push(createSchema({ children: Child }));
    const schema = createSchema(
      { parents: Parent, children: Child2 },
      {
        children: defineRelations(Child2, ({ belongsTo }) => ({
          parent: belongsTo(Parent, { foreignKey: "parentId", constraint: { onDelete: "set null" } }),
        })),
      },
    );
    await push(schema);
    expect((await plan(schema)).steps).toEqual([]);
    expect(dump()).toContainEqual(
      expect.stringContaining('CONSTRAINT "children_parent_id_foreign" REFERENCES "parents" ("id") ON DELETE SET NULL'),
    );
  });

  test("takes a new value of an enum, and a changed index", async () => {
    const version = (values: readonly string[], where: string) =>
      one(
        { id: col.increment(), kind: col.enum(values) },
        { indexes: [{ columns: ["kind"], name: "by_kind", where }] },
      );
    const { push, plan, database } = openDatabase();
    await push(version(["a"], "id > 1"));
    database.exec("insert into things (kind) values ('a')");
    const after = version(["a", "b"], "id > 2");
    expect(await push(after)).toEqual([
      "change check of things from kind in ('a') to kind in ('a', 'b')",
      "replace index by_kind on things",
    ]);
    expect((await plan(after)).steps).toEqual([]);
    database.exec("insert into things (kind) values ('b')");
  });

  test("keeps what the schema does not name", async () => {
    const { push, plan, database, dump } = openDatabase();
    database.exec(`
      create table things (id integer primary key autoincrement not null, mine text unique, check (mine <> ''));
      create index mine_index on things (lower(mine)) where mine is not null;
      create trigger mine_trigger after insert on things begin select 1; end;
      create table "my own" (x); create view mine_too as select * from things;`);
    const before = dump();
    const schema = one({ id: col.increment() });
    expect(await push(schema)).toEqual([]);
    expect(dump()).toEqual(before);
    expect((await plan(schema)).kept).toEqual([
      { kind: "table", table: undefined, name: "my own" },
      { kind: "column", table: "things", name: "mine" },
      { kind: "check", table: "things", name: "mine <> ''" },
      { kind: "unique key", table: "things", name: "mine" },
      { kind: "index", table: "things", name: "mine_index" },
      { kind: "trigger", table: "things", name: "mine_trigger" },
      { kind: "view", table: undefined, name: "mine_too" },
    ]);
  });

  test("is the same table in any case of its letters", async () => {
    const { push, database } = openDatabase();
    database.exec(
      `create table Things (ID integer primary key autoincrement not null, Code text unique, check (length("CODE") <= 255)) strict`,
    );
    expect(await push(one({ id: col.increment(), code: col.string({ unique: true }) }))).toEqual([]);
  });

  test("is left alone in the columns whose model gives no type", async () => {
    const { push, database } = openDatabase();
    database.exec("create table things (id integer primary key autoincrement not null, extra whatever default 7)");
    expect(await push(one({ id: col.increment(), extra: col<string>() }))).toEqual([]);
  });
});

describe("what cannot be done is refused whole", () => {
  const before = one({ id: col.increment(), name: col.text(), code: col.string() });

  test("what a rebuilt table would lose stands in the way, and everything else waits for it", async () => {
    const { plan, push, dump, database } = openDatabase();
    database.exec(
      "create table things (id integer primary key autoincrement not null, name text unique on conflict ignore, code text) strict",
    );
    const text = dump();
    const after = one({ id: col.increment(), name: col.integer(), code: col.string(), more: col.text() });
    const { steps, refused } = await plan(after);
    expect(steps).toEqual([]);
    expect(refused.map(({ reason }) => reason)).toEqual([
      'SQLite can make this change of the table "things" only by building the table anew, and that would lose what Mortise has no ' +
        "word for (clause: ON CONFLICT ignore of unique key (name)). Change it by hand.",
    ]);
    await expect(push(after)).rejects.toThrow(
      /^1 difference between the schema and the database cannot be migrated, so nothing was changed:\n- /,
    );
    expect(dump()).toEqual(text);
  });

  test.each([
    [
      "a new column without a type",
      { id: col.increment(), extra: col<string>() },
      {},
      /column "extra" of the table "things" does not exist and its model gives no type/,
    ],
    [
      "an index of a type",
      { id: col.increment(), name: col.text() },
      { indexes: [{ columns: ["name"], type: "gin" }] },
      /SQLite's indexes have no type "gin"/,
    ],
  ])("%s", async (_, columns, more, message) => {
    const { push } = openDatabase();
    await push(before);
    await expect(push(one(columns, more))).rejects.toThrow(message);
  });

  test("a namespace, an increment column that is not the key, a STRICT table with another type", async () => {
    const { push } = openDatabase();
    await expect(push(one({ id: col.increment() }, { options: { schema: "app" } }))).rejects.toThrow(
      /SQLite has no namespaces/,
    );
    await expect(push(one({ id: col.increment(), b: col.text() }, { primaryKey: ["id", "b"] }))).rejects.toThrow(
      /must be an INTEGER and the whole primary key/,
    );
    await expect(push(one({ id: col.specific("POINT") }, { options: { strict: true } }))).rejects.toThrow(
      /the type POINT of its column "id"/,
    );
  });
});

describe("a step that the rows make impossible takes everything back", () => {
  async function withRows() {
    const opened = openDatabase();
    await opened.push(one({ id: col.increment(), code: col.text() }));
    opened.database.exec("insert into things (code) values ('a'), ('a')");
    return { ...opened, before: opened.dump() };
  }

  test("a column that is never null and has no default", async () => {
    const { push, dump, before } = await withRows();
    const schema = one({ id: col.increment(), code: col.text(), a: col.text(), b: col.text({ nullable: false }) });
    await expect(push(schema)).rejects.toThrow(
      'Rows have no value for a new column, so nothing was changed:\n- The column "things.b" is never null and has no default, so that no ' +
        "row may be there. 2 rows are concerned.\nGive the column a constant default, or make it nullable, fill it, and make it not null then.",
    );
    expect(dump()).toEqual(before);
  });

  test("a unique key over equal rows", async () => {
    const { push, dump, before } = await withRows();
    const error = await push(one({ id: col.increment(), code: col.text({ unique: true }), a: col.text() })).catch(
      (cause) => cause,
    );
    expect(error).toBeInstanceOf(MigrationError);
    expect(error.message).toBe(
      "Could not add unique key things (code). UNIQUE constraint failed: things.code. Rows that are equal in code must be removed " +
        "or changed first. Nothing was changed.",
    );
    expect(error.cause).toBeInstanceOf(Error);
    expect(dump()).toEqual(before);
  });

  test("a check that rows break", async () => {
    const { push, dump, before } = await withRows();
    await expect(push(one({ id: col.increment(), code: col.text() }, { checks: ["code <> 'a'"] }))).rejects.toThrow(
      /^Could not add check to things: code <> 'a'\. .* Rows that break the check must be changed first\. Nothing was changed\.$/,
    );
    expect(dump()).toEqual(before);
  });
});

test("a database that is not as wanted after the last step is an error, and is as before", async () => {
  const { adapter, dump } = openDatabase();
  const forgetful = (schema: SchemaAdapter): SchemaAdapter => ({
    ...schema,
    render: (change) => schema.render(change).slice(0, 1),
    atomic: (body) => body(forgetful(schema)),
    lock: (name, body) => schema.lock(name, (held) => body(forgetful(held))),
  });
  const desired = stateFromSchema(schemaOf(one({ id: col.increment(), code: col.text({ unique: true }) })));
  await expect(runPlan(forgetful(adapter), desired, undefined)).rejects.toThrow(
    /After all steps the database still differs.*\n- add unique key things \(code\)$/s,
  );
  expect(dump()).toEqual([]);
});

test("a plan that was looked at is refused when the database has moved", async () => {
  const { adapter, database } = openDatabase();
  const desired = stateFromSchema(schemaOf(one({ id: col.increment(), code: col.text() })));
  const plan = await planFor(adapter, desired);
  database.exec("create table things (id integer primary key autoincrement not null)");
  await expect(runPlan(adapter, desired, plan, undefined)).rejects.toThrow(/changed since the plan was made/);
});

test("a look without the lock is taken again when another migrator changes the database under it", async () => {
  const { adapter, database } = openDatabase();
  const desired = stateFromSchema(schemaOf(one({ id: col.increment() })));
  database.exec("create table things (id integer primary key autoincrement not null, age integer)");
  let counts = 0;
  const beside: SchemaAdapter = {
    ...adapter,
    countRows: (probe) => {
      counts += 1;
      if (counts === 1) database.exec("drop table things");
      return adapter.countRows(probe);
    },
  };
  const { steps } = await planUnlocked(beside, desired, { drop: true });
  expect(steps.map(({ line }) => line)).toEqual(["create table things (id)"]);
  const broken: SchemaAdapter = { ...adapter, countRows: () => Promise.reject(new Error("no")) };
  database.exec("create table things (id integer primary key autoincrement not null, age integer)");
  await expect(planUnlocked(broken, desired, { drop: true })).rejects.toThrow("no");
});

test("processes that push at once all succeed, and each step is made once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mortise-push-"));
  try {
    const script = new URL("push-process.fixture.ts", import.meta.url).pathname;
    const startAt = String(Date.now() + 1500);
    const runs = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, [script, join(folder, "shared.db"), startAt]),
    );
    const steps = (await Promise.all(runs)).map(({ stdout }) => Number(stdout));
    expect(steps.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 40]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 30_000);
