import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, createSchema, type AnySchema } from "@mortise/core";
import type { Target } from "../values/target.ts";

type Handle = ReturnType<typeof createDatabase>;

/** A database and a folder of migrations. */
export interface ModuleBench {
  readonly directory: string;
  /** Writes the body of `defineMigration({ … })`. */
  readonly write: (name: string, body: string) => Promise<void>;
  readonly on: <T>(body: (db: Handle) => PromiseLike<T>, schema?: AnySchema) => Promise<T>;
}

const nothing = createSchema({});

/** Runs a body with a bench of its own. */
export async function withModules(
  target: Pick<Target, "shared">,
  body: (bench: ModuleBench) => Promise<void>,
): Promise<void> {
  const shared = await target.shared();
  const directory = await mkdtemp(join(tmpdir(), "mortise-files-"));
  try {
    await body({
      directory,
      write: (name, text) =>
        writeFile(
          join(directory, `${name}.ts`),
          `import { defineMigration } from "@mortise/migrator";\n\nexport default defineMigration({ ${text} });\n`,
        ),
      on: async (run, schema = nothing) => {
        await using db = createDatabase(schema, await shared.open());
        return await run(db);
      },
    });
  } finally {
    await rm(directory, { recursive: true });
    await shared.remove();
  }
}
