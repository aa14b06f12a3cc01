import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { col, createDatabase, createSchema, defineModel, type AnySchema } from "@mortise/core";
import { generate, lint, migrate, plan, push, rollback, type MigrateResult } from "@mortise/migrator";
import { ProcessPool } from "@mortise/testkit";
import { describe, expect, it } from "vitest";
import type { postgres } from "./index.ts";
import { administer, onServers, openDatabase, type Namespace, type Server } from "./servers.fixture.ts";

const id = col.increment();
const Team = defineModel("teams", { columns: { id, name: col.string({ length: 20 }) } });

const before = createSchema({
  teams: Team,
  users: defineModel("users", {
    columns: {
      id,
      name: col.string({ length: 20 }),
      email: col.string({ length: 40 }),
      age: col.integer(),
      score: col.integer(),
      level: col.integer(),
      teamId: col.integer(),
      otherId: col.integer(),
    },
    indexes: [
      { name: "users_by_age", columns: ["age"] },
      { name: "users_by_score", columns: ["score"] },
    ],
    uniques: [{ name: "users_known", columns: ["age", "score"] }],
    foreignKeys: [{ columns: ["otherId"], references: { table: "teams", columns: ["id"] } }],
    checks: [{ name: "users_old", expression: "age > 0" }],
  }),
});

const after = createSchema({
  teams: Team,
  users: defineModel("users", {
    columns: {
      id,
      name: col.string({ length: 20, nullable: false }),
      email: col.string({ length: 40, unique: true }),
      age: col.integer({ nullable: false, default: 18 }),
      score: col.bigInteger({ nullable: false }),
      level: col.integer({ index: true }),
      teamId: col.integer(),
      otherId: col.integer(),
    },
    indexes: [
      { name: "users_by_age", columns: ["age"], where: "age > 10" },
      { name: "users_low", columns: ["name"], unique: true, where: "level = 1" },
    ],
    uniques: [{ name: "users_known", columns: ["score", "name"] }],
    foreignKeys: [
      { columns: ["otherId"], references: { table: "teams", columns: ["id"] }, onDelete: "cascade" },
      { columns: ["teamId"], references: { table: "teams", columns: ["id"] } },
    ],
    checks: [
      { name: "users_old", expression: "age > 1" },
      { name: "users_scored", expression: "score >= 0" },
    ],
  }),
});

const rows =
  "insert into users (name, email, age, score, level) select 'n' || g, 'e' || g, nullif(g % 5, 0) + 20, g, g from generate_series(1, 200) g";

/** Everything of the tables that the server can spell, and whether it is valid. */
const catalogue = `
  select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod), a.attnotnull::text, pg_get_expr(d.adbin, d.adrelid)
  from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
    and c.relname <> 'mortise_migrations'
  union all
  select conrelid::regclass::text, conname::text, pg_get_constraintdef(oid), convalidated::text, null from pg_constraint
  where connamespace = 'public'::regnamespace and conrelid::regclass::text <> 'mortise_migrations'
  union all
  select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid::text, null from pg_index
  where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace) and indrelid::regclass::text <> 'mortise_migrations'
  order by 1, 2, 3`;

type Adapter = ReturnType<typeof postgres>;

/** `KILLS=30` for a kill behind every statement. */
const kills = Number(process.env["KILLS"] ?? 6);

const script = fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url));

class Bench {
  readonly #database: Namespace;
  readonly url: string;

  constructor(server: Server, database: Namespace) {
    this.#database = database;
    const url = new URL(server.url);
    url.pathname = `/${database.name}`;
    this.url = url.href;
  }

  async on<T>(
    schema: AnySchema,
    body: (db: ReturnType<typeof createDatabase>) => PromiseLike<T>,
    change: (adapter: Adapter) => Adapter = (adapter) => adapter,
  ): Promise<T> {
    await using db = createDatabase(schema, change(this.#database.adapter({ pool: { max: 2 } })));
    return await body(db);
  }

  run(...statements: readonly string[]): Promise<readonly unknown[][]> {
    return administer(this.url, ...statements);
  }

  catalogue(): Promise<readonly unknown[][]> {
    return this.run(catalogue);
  }
}

async function withBench(server: Server, body: (bench: Bench) => Promise<void>): Promise<void> {
  const database = await openDatabase(server);
  try {
    await body(new Bench(server, database));
  } finally {
    await database.remove();
  }
}

const drop = { drop: true } as const;

/** The catalogue after the plain way to `after`. */
async function plainCatalogue(server: Server): Promise<readonly unknown[][]> {
  let found: readonly unknown[][] = [];
  await withBench(server, async (bench) => {
    await bench.on(before, (db) => push(db));
    await bench.run(rows);
    await bench.on(after, (db) => push(db, { ...drop, acknowledge: ["all"] }));
    found = await bench.catalogue();
  });
  return found;
}

/** The adapter with something done before a statement is sent, and something behind it. */
function interrupted(text: RegExp, before: () => Promise<() => Promise<unknown>>): (adapter: Adapter) => Adapter {
  return (adapter) => ({
    ...adapter,
    connect: async () => {
      const source = await adapter.connect();
      const acquire = source.acquire.bind(source);
      const known = new Set<unknown>();
      source.acquire = async (...wanted) => {
        const connection = await acquire(...wanted);
        if (known.has(connection)) return connection;
        known.add(connection);
        const execute = connection.execute.bind(connection);
        connection.execute = async (compiled, ...rest) => {
          if (!text.test(compiled.sql)) return execute(compiled, ...rest);
          const after = await before();
          try {
            return await execute(compiled, ...rest);
          } finally {
            await after();
          }
        };
        return connection;
      };
      return source;
    },
  });
}

onServers((server) => {
  describe("changes made online", { timeout: 120_000 }, () => {
    it("lead to what the plain ones lead to, and make nobody wait", () =>
      withBench(server, async (bench) => {
        await bench.on(before, (db) => push(db));
        await bench.run(rows);
        const planned = await bench.on(after, (db) => plan(db, { ...drop, online: true }));
        const codes = lint(planned, { lockTimeout: 1000 }).flatMap(({ about, code }) => (about === "lock" ? code : []));
        expect(codes).toEqual(["rewrites-table"]);
        expect(lint(planned).map(({ code }) => code)).toContain("no-lock-timeout");
        const options = { ...drop, online: true, acknowledge: ["all"] };
        const { statements } = await bench.on(after, (db) => push(db, options));
        expect(statements.filter((sql) => /^(create|drop) (unique )?index (?!concurrently)/.test(sql))).toEqual([]);
        expect(statements.filter((sql) => sql.includes(" validate constraint "))).toHaveLength(7);
        expect(await bench.catalogue()).toEqual(await plainCatalogue(server));
        expect((await bench.on(after, (db) => push(db, options))).summary).toBe("no differences");
      }));

    it("let others write while an index is built and rows are looked at", () =>
      withBench(server, async (bench) => {
        await bench.on(before, (db) => push(db));
        await bench.run(rows);
        const write = () => bench.run("set lock_timeout to 3000", "insert into users (name) values ('late')");
        await bench.on(before, async (db) => {
          const begun = Promise.withResolvers<void>();
          const done = Promise.withResolvers<void>();
          const writer = db.transaction(async (inside) => {
            await inside.raw("insert into users (name) values ('early')");
            begun.resolve();
            await done.promise;
          });
          await begun.promise;
          const more = createSchema({
            teams: Team,
            users: defineModel("users", { columns: { id, level: col.integer({ index: true }) } }),
          });
          let built = false;
          const building = bench.on(more, (own) => push(own, { online: true })).then(() => (built = true));
          await expect
            .poll(() => bench.run("select count(*)::int from pg_stat_progress_create_index"), { timeout: 20_000 })
            .toEqual([[1]]);
          for (let at = 0; at < 3; at += 1) await write();
          expect(built).toBe(false);
          done.resolve();
          await writer;
          await building;
        });
      }));

    it("look at rows while the transactions of others write", () =>
      withBench(server, async (bench) => {
        await bench.on(before, (db) => push(db));
        await bench.run(rows);
        const looked = createSchema({
          teams: Team,
          users: defineModel("users", {
            columns: {
              id,
              name: col.string({ length: 20, nullable: false }),
              teamId: col.integer(),
              score: col.integer(),
            },
            foreignKeys: [{ columns: ["teamId"], references: { table: "teams", columns: ["id"] } }],
            checks: [{ name: "users_scored", expression: "score >= 0" }],
          }),
        });
        let written = 0;
        await bench.on(before, async (other) => {
          const write = async (): Promise<() => Promise<unknown>> => {
            const begun = Promise.withResolvers<void>();
            const done = Promise.withResolvers<void>();
            const writer = other.transaction(async (inside) => {
              await inside.raw("insert into users (name) values ('open')");
              written += 1;
              begun.resolve();
              await done.promise;
            });
            await begun.promise;
            return () => {
              done.resolve();
              return writer;
            };
          };
          const watched = interrupted(/ validate constraint /, write);
          const { changes } = await bench.on(looked, (db) => push(db, { online: true, lockTimeout: 2000 }), watched);
          expect(changes.map(({ kind }) => kind)).toEqual(["alterColumn", "addCheck", "addForeignKey"]);
        });
        expect(written).toBe(3);
      }));

    it("go on where a run was cut off, whichever way comes next", async () => {
      const wanted = await plainCatalogue(server);
      for (const [at, online] of [
        [/ validate constraint "users_team_id_foreign"/, true],
        [/ validate constraint "users_team_id_foreign"/, false],
        [/ validate constraint "users_scored"/, false],
        [/ validate constraint "mortise_online_/, true],
        [/ add constraint "users_email_unique" unique using/, true],
        [/set not null/, false],
        [/rename to "users_by_age"/, true],
      ] as const) {
        await withBench(server, async (bench) => {
          await bench.on(before, (db) => push(db));
          await bench.run(rows);
          const cut = interrupted(at, () => Promise.reject(new Error("cut off")));
          const first = bench.on(after, (db) => push(db, { ...drop, online: true, acknowledge: ["all"] }), cut);
          await expect(first).rejects.toThrow(/cut off/);
          await bench.on(after, (db) => push(db, { ...drop, online, acknowledge: ["all"] }));
          expect([String(at), await bench.catalogue()]).toEqual([String(at), wanted]);
        });
      }
    });

    it("build an index again that rows forbade, or that waited too long", () =>
      withBench(server, async (bench) => {
        await bench.on(before, (db) => push(db));
        await bench.run(rows, "update users set email = 'same' where id < 3");
        const one = createSchema({
          users: defineModel("users", {
            columns: { id, email: col.string({ length: 40, unique: true }), level: col.integer({ index: true }) },
          }),
        });
        const run = () => bench.on(one, (db) => push(db, { online: true, lockTimeout: 1000 }));
        await expect(run()).rejects.toThrow(
          /^Could not add unique key users \(email\)\..*is cleared away when it is made again/s,
        );
        expect(await bench.run("select count(*)::int from pg_index where not indisvalid")).toEqual([[1]]);
        await bench.run("update users set email = 'other' where id = 1");
        await bench.on(before, (db) =>
          db.transaction(async (inside) => {
            await inside.raw("insert into users (name) values ('open')");
            await expect(run()).rejects.toThrow(/Another session holds a lock on a table/);
          }),
        );
        expect(await bench.run("select count(*)::int from pg_index where not indisvalid")).toEqual([[1]]);
        await run();
        expect(await bench.run("select count(*)::int from pg_index where not indisvalid")).toEqual([[0]]);
        expect((await run()).summary).toBe("no differences");
      }));

    it.each(["ts", "sql"] as const)("are written as %s files, made and taken back", (extension) =>
      withBench(server, async (bench) => {
        const directory = await mkdtemp(join(tmpdir(), "mortise-files-"));
        try {
          await bench.on(before, (db) => push(db));
          await bench.run(rows);
          const start = await bench.catalogue();
          const options = { ...drop, directory, extension, online: true, acknowledge: ["all"] };
          const [file = ""] = await bench.on(after, (db) => generate(db, { ...options, name: "all" }));
          const text = await readFile(join(directory, file), "utf8");
          expect(text).toContain(extension === "ts" ? "  online: true,\n" : "-- mortise: no transaction\n");
          expect(text).not.toContain("transaction: false");
          const { statements } = await bench.on(after, (db) => migrate(db, { directory, lockTimeout: 5000 }));
          expect(statements.filter((sql) => sql.includes("index concurrently"))).toHaveLength(6);
          expect(await bench.catalogue()).toEqual(await plainCatalogue(server));
          expect(await bench.on(after, (db) => generate(db, { ...options, name: "again" }))).toEqual([]);
          await bench.on(before, (db) => rollback(db, { directory, lockTimeout: 5000 }));
          expect(await bench.catalogue()).toEqual(start);
        } finally {
          await rm(directory, { recursive: true });
        }
      }),
    );
  });

  it.each(["ts", "sql"] as const)(
    "files of changes made online go on after a kill behind each statement (%s)",
    { timeout: 300_000 },
    async (extension) => {
      const wanted = await plainCatalogue(server);
      const directory = await mkdtemp(join(tmpdir(), "mortise-files-"));
      const pool = await ProcessPool.open(script, 1);
      try {
        let planned: MigrateResult = { migrations: [], outOfOrder: [], statements: [] };
        await withBench(server, async (bench) => {
          await bench.on(before, (db) => push(db));
          const options = { ...drop, directory, extension, online: true, acknowledge: ["all"], name: "all" };
          await bench.on(after, (db) => generate(db, options));
          planned = await bench.on(before, (db) => migrate(db, { directory, dryRun: true }));
        });
        const [migration = ""] = planned.migrations;
        expect(planned.statements.length).toBeGreaterThan(20);
        for (const [index, text] of planned.statements.entries()) {
          if (index % Math.max(1, Math.round(30 / kills)) !== 0) continue;
          await withBench(server, async (bench) => {
            await bench.on(before, (db) => push(db));
            await bench.run(rows);
            const one = await pool.take();
            const dies = { migration, index, text, moment: "after" } as const;
            one.tell({ place: `${bench.url} public`, work: { way: "migrate", directory }, dies });
            expect({ text, ...(await one.ended) }).toEqual({ text, code: "SIGKILL", made: undefined, said: "" });
            await bench.on(after, (db) => migrate(db, { directory }));
            expect([text, await bench.catalogue()]).toEqual([text, wanted]);
          });
        }
      } finally {
        await pool.close();
        await rm(directory, { recursive: true });
      }
    },
  );
});
