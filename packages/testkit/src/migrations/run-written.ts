import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, createSchema, type AnySchema } from "@mortise/core";
import { generate, migrate, plan, push, rollback } from "@mortise/migrator";
import { describe, expect, test } from "vitest";
import type { SharedDatabase, Target } from "../values/target.ts";
import type { Evolution } from "./evolution.ts";
import { evolutions } from "./evolutions.ts";
import { hostileSchema } from "./hostile-migration.ts";

/**
 * Every evolution as a migration that was written from it, on one engine: made, it leaves no difference; taken back, the database is as
 * it was.
 */
export function runWritten(target: Target): void {
  describe(`${target.name} writes migrations`, () => {
    for (const evolution of [
      ...evolutions,
      { name: "hostile names, as data", before: createSchema({}), after: hostileSchema },
    ]) {
      test(`${evolution.name}`, async () => {
        const shared = await target.shared();
        const directory = await mkdtemp(join(tmpdir(), "mortise-files-"));
        try {
          expect(await writeAndMake(shared, directory, evolution)).toEqual([]);
        } finally {
          await rm(directory, { recursive: true });
          await shared.remove();
        }
      });
    }
  });
}

/** Gives what is still to do where nothing should be. */
async function writeAndMake(
  shared: SharedDatabase,
  directory: string,
  evolution: Pick<Evolution, "before" | "after" | "rows" | "options" | "holds">,
): Promise<readonly string[]> {
  const { before, after, rows = [], options = {}, holds } = evolution;
  const on = async <T>(schema: AnySchema, body: (db: ReturnType<typeof createDatabase>) => Promise<T>): Promise<T> => {
    await using db = createDatabase(schema, await shared.open());
    return await body(db);
  };
  await on(before, (db) => push(db));
  for (const statement of rows) await on(before, (db) => db.raw(statement));
  const [file = ""] = await on(after, (db) =>
    generate(db, { ...options, directory, name: "there", acknowledge: ["all"] }),
  );
  const source = await readFile(join(directory, file), "utf8");
  await on(after, (db) => migrate(db, { directory }));
  await on(after, async (db) => holds?.(db));
  const again = await on(after, (db) => generate(db, { ...options, directory, name: "again" }));
  const back = await on(after, (db) => rollback(db, { directory }).then(() => "taken back", String));
  if (/^ {2}irreversible: /m.test(source)) return [...again, ...(back.includes("cannot be taken back") ? [] : [back])];
  const { steps, refused } = await on(before, (db) => plan(db, { drop: true, acknowledge: ["all"] }));
  return [...again, ...(back === "taken back" ? [] : [back]), ...[...steps, ...refused].map(({ line }) => line)];
}
