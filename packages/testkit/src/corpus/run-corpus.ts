import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createDatabase, type AnySchema } from "@mortise/core";
import { diff, pull, push, type PullResult } from "@mortise/migrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CorpusDatabase, CorpusSchema, Fingerprint } from "./corpus-database.ts";

export interface CorpusOptions {
  /** The folder of the corpus with the scripts. */
  readonly engine: string;
  /** Names the generated files apart where two servers read one folder. */
  readonly server: string;
  readonly schemas: readonly CorpusSchema[];
  readonly open: () => Promise<CorpusDatabase>;
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/**
 * The law of `pull` on real schemas: the written models compile, a database that is made of them has no differences from them, the
 * original has none either, and the catalogues of both are equal.
 */
export function runCorpus({ engine, server, schemas, open }: CorpusOptions): void {
  const corpus = join(process.env["CORPUS_DIR"] ?? "", engine);
  const isThere = (process.env["CORPUS_DIR"] ?? "") !== "" && existsSync(corpus);
  const isOwn = schemas.every(({ script }) => script !== undefined);
  const textOf = ({ name, script }: CorpusSchema): string =>
    script ?? readFileSync(join(corpus, `${name}.sql`), "utf8");
  describe.skipIf(!isThere && !isOwn)(
    `${isOwn ? "schemas" : "real schemas"} on ${server}${isOwn ? "" : " (need CORPUS_DIR)"}`,
    () => {
      const place = `${server} ${isOwn ? "own" : "corpus"}`.replaceAll(/\W+/g, "-").toLowerCase();
      const folder = join(root, "tests/.generated/pull", place);
      const originals = new Map<string, { readonly database: CorpusDatabase; readonly pulled: PullResult }>();
      const opened: CorpusDatabase[] = [];
      beforeAll(async () => {
        rmSync(folder, { recursive: true, force: true });
        for (const schema of schemas) {
          const { name, naming = "camel", adapt = (script: string) => script } = schema;
          const database = await open();
          opened.push(database);
          await database.load(adapt(textOf(schema)));
          const pulled = await pull(database.adapter(), { out: join(folder, name), naming });
          expect(pulled.files.filter((path) => !/^[a-z0-9-]+\.ts$/.test(relative(join(folder, name), path)))).toEqual(
            [],
          );
          originals.set(name, { database, pulled });
        }
      }, 120_000);
      afterAll(async () => {
        for (const database of opened) await database.remove();
        if (process.env["KEEP_PULLED"] === "1") return;
        rmSync(folder, { recursive: true, force: true });
      });

      it("the pulled models compile", () => expect(compilerErrors(folder)).toEqual([]), 60_000);

      it.for(schemas)("$name: a copy of it is the same", async (schema) => {
        const original = originals.get(schema.name);
        if (original === undefined) throw new Error(`${schema.name} was not pulled.`);
        const before = await original.database.fingerprint();
        const models: { readonly schema: AnySchema } = await import(
          pathToFileURL(join(folder, schema.name, "schema.ts")).href
        );
        const copy = await open();
        try {
          await copy.load(schema.prerequisites?.(textOf(schema)) ?? "");
          await makeCopy(models.schema, copy);
          expect(comparable(await copy.fingerprint(), schema)).toEqual(comparable(before, schema));
          expect(await differences(models.schema, copy)).toEqual([]);
          expect(await differences(models.schema, original.database)).toEqual([]);
          expect(comparable(await original.database.fingerprint(), {})).toEqual(comparable(before, {}));
          expect(
            original.pulled.unmanaged.map(({ kind, table, name }) => `${kind}: ${table ?? ""} ${name}`).toSorted(),
          ).toMatchSnapshot();
        } finally {
          await copy.remove();
        }
      });
    },
  );
}

async function makeCopy(schema: AnySchema, copy: CorpusDatabase): Promise<void> {
  const db = createDatabase(schema, copy.adapter());
  try {
    await push(db);
  } finally {
    await db.close();
  }
}

async function differences(schema: AnySchema, database: CorpusDatabase): Promise<readonly unknown[]> {
  const db = createDatabase(schema, database.adapter());
  try {
    return (await diff(db)).changes;
  } finally {
    await db.close();
  }
}

function comparable(fingerprint: Fingerprint, { apart = [] }: Pick<CorpusSchema, "apart">): Fingerprint {
  return Object.fromEntries(
    Object.entries(fingerprint).map(([table, lines]) => [
      table,
      lines.filter((line) => !apart.some((one) => one.line.test(`${table}: ${line}`))).toSorted(),
    ]),
  );
}

/** What the compiler says of the generated files under the strict options of this repository. */
function compilerErrors(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), include: ["**/*.ts"] }),
  );
  const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
  const { stdout, error } = spawnSync(process.execPath, [compiler, "-p", folder], { cwd: root, encoding: "utf8" });
  if (error !== undefined) throw error;
  return stdout.split("\n").filter((line) => line.includes(": error "));
}
