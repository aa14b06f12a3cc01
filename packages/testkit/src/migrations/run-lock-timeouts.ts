import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { col, createSchema, defineModel } from "@mortise/core";
import { toolsOf } from "@mortise/core/adapter";
import { generate, migrate, push, rollback, status, unlock, wipe } from "@mortise/migrator";
import { describe, expect, test } from "vitest";
import type { Target } from "../values/target.ts";
import { withModules, type ModuleBench } from "./module-bench.ts";

const id = col.increment();
const before = createSchema({ users: defineModel("users", { columns: { id, name: col.string({ length: 9 }) } }) });
const after = createSchema({
  users: defineModel("users", { columns: { id, name: col.string({ length: 9 }), age: col.integer() } }),
});

/** Long enough for what has to be done, and short enough to be waited for. */
const lockTimeout = 1000;

/** An engine where a session that reads or writes keeps changes of the table waiting. */
type LockingTarget = Pick<Target, "name" | "shared">;

/** What a migrator does that waits longer than it may. */
export function runLockTimeouts(target: LockingTarget): void {
  describe(`${target.name} gives up waiting`, () => {
    tablesInUse(target);
    otherMigrators(target);
    patience(target);
  });
}

function tablesInUse(target: LockingTarget): void {
  test("for a table that another session uses, when it pushes", () =>
    withModules(target, async (bench) => {
      await bench.on((db) => push(db), before);
      const refusal = await whileUsed(bench, () => told(() => bench.on((db) => push(db, { lockTimeout }), after)));
      expect(refusal.text).toMatch(/^Could not add column users\.age .*Another session holds a lock on a table/s);
      expect(refusal.text).toMatch(/nothing of the statement was done\. Look for it with: .*Nothing was changed\.$/s);
      expect(refusal.seconds).toBeLessThan(10);
      expect((await bench.on((db) => push(db, { lockTimeout }), after)).changes).toHaveLength(1);
    }));

  test("for a table, when it migrates and rolls back, and the journal knows of nothing", () =>
    withModules(target, async (bench) => {
      const { directory } = bench;
      await bench.on((db) => push(db), before);
      const [file = ""] = await bench.on((db) => generate(db, { directory, name: "age" }), after);
      const name = file.replace(".ts", "");
      const run = () => bench.on((db) => migrate(db, { directory, lockTimeout }));
      const first = await whileUsed(bench, () => told(run));
      expect(first.text).toMatch(/^The migration ".*_age" failed at statement 1 of 1\. Another session holds a lock/);
      expect(first.seconds).toBeLessThan(10);
      const history = await bench.on((db) => status(db, { directory }));
      expect([history.applied, history.pending.map((pending) => pending.name)]).toEqual([[], [name]]);
      expect((await run()).migrations).toEqual([name]);
      const back = () => bench.on((db) => rollback(db, { directory, lockTimeout }));
      const second = await whileUsed(bench, () => told(back));
      expect(second.text).toMatch(/^The migration ".*_age" failed at statement 1 of 1\. Another session holds a lock/);
      expect((await back()).migrations).toEqual([name]);
      expect((await bench.on((db) => push(db, { dryRun: true }), before)).summary).toBe("no differences");
    }));

  test("for a table, when it runs SQL or drops everything", () =>
    withModules(target, async (bench) => {
      const { directory } = bench;
      await bench.on((db) => push(db), before);
      await writeFile(join(directory, "1_age.sql"), "create table notes (id int);\nalter table users add age int;\n");
      const run = () => bench.on((db) => migrate(db, { directory, lockTimeout }));
      const first = await whileUsed(bench, () => told(run));
      expect(first.text).toMatch(/^The migration "1_age" failed at statement 2 of 2\. Another session holds a lock/);
      expect((await bench.on((db) => status(db, { directory }))).applied).toEqual([]);
      expect((await run()).migrations).toEqual(["1_age"]);
      const all = () => bench.on((db) => wipe(db, { lockTimeout }));
      const second = await whileUsed(bench, () => told(all));
      expect(second.text).toMatch(/^Could not drop table users\. Another session holds a lock on a table/);
      await all();
      expect(await bench.on((db) => wipe(db))).toEqual({ tables: [], statements: [] });
    }));
}

function otherMigrators(target: LockingTarget): void {
  test("for another migrator, and says who that is", () =>
    withModules(target, async (bench) => {
      await bench.on(async (other) => {
        const schema = await toolsOf(other).openSchema();
        const refusal = await schema.lock("mortise", async () => {
          const { message } = await bench.on((db) => unlock(db));
          expect(message).toMatch(/ends with the connection that holds it.* Session \d+ .*holds it/);
          return told(() => bench.on((db) => push(db, { lockTimeout }), before));
        });
        expect(refusal.text).toMatch(/^Another migrator has .*Nothing was changed.* Session \d+ .*holds it/);
        expect(refusal.text).toContain('"mortise migrate:unlock"');
        expect(refusal.seconds).toBeLessThan(10);
        await schema.close();
      });
      expect((await bench.on((db) => unlock(db))).message).toContain("Nobody holds it now.");
      expect((await bench.on((db) => push(db, { lockTimeout }), before)).changes).toHaveLength(1);
    }));
}

function patience(target: LockingTarget): void {
  test("no longer behind it: the connection waits as it did before", () =>
    withModules(target, async (bench) => {
      await bench.on(async (db) => {
        await push(db, { lockTimeout });
        await whileUsed(
          bench,
          async () => {
            const waiting = db.raw("alter table users add note int").then(() => "made");
            const first = await Promise.race([waiting, rest(2 * lockTimeout).then(() => "still waiting")]);
            expect(first).toBe("still waiting");
            return waiting;
          },
          2500,
        );
      }, before);
    }));

  test("unless what is said is no time", () =>
    withModules(target, async (bench) => {
      for (const wrong of [0, -1, 1.5, Number.NaN, 2 ** 31]) {
        const refusal = await told(() => bench.on((db) => push(db, { lockTimeout: wrong }), before));
        expect(refusal.text).toMatch(/^lockTimeout is a whole number of milliseconds/);
      }
    }));
}

/** Runs a body while a transaction of another session has read the users; it ends with the body, or after so many milliseconds. */
async function whileUsed<T>(bench: ModuleBench, body: () => Promise<T>, longest?: number): Promise<T> {
  return bench.on(async (db) => {
    const used = Promise.withResolvers<void>();
    const done = Promise.withResolvers<void>();
    const user = db.transaction(async (inside) => {
      await inside.raw("select count(*) as n from users");
      used.resolve();
      await done.promise;
    });
    await Promise.race([used.promise, user]);
    if (longest !== undefined) setTimeout(done.resolve, longest);
    try {
      return await body();
    } finally {
      done.resolve();
      await user;
    }
  });
}

interface Told {
  readonly text: string;
  readonly seconds: number;
}

/** What an error says, and how long it took to come. */
async function told(body: () => Promise<unknown>): Promise<Told> {
  const start = performance.now();
  const text = await body().then(
    () => "It went through.",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return { text, seconds: (performance.now() - start) / 1000 };
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
