import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openSchemaDatabase } from "../../sqlite/src/schema-database.fixture.ts";
import { planFor, runPlan } from "./apply/run-plan.ts";

const corpus = `${process.env["CORPUS_DIR"] ?? ""}/sqlite`;

test.skipIf(!existsSync(corpus))(
  "a copy of a real schema has no differences from it, nor it from the copy (needs CORPUS_DIR)",
  async () => {
    for (const name of ["chinook", "sakila", "temporal"]) {
      const [original, copy] = [openSchemaDatabase(), openSchemaDatabase()];
      original.database.pragma("foreign_keys = off");
      original.database.exec(readFileSync(`${corpus}/${name}.sql`, "utf8"));
      const state = await original.schema.inspect({ namespaces: [] });
      await runPlan(copy.schema, state, undefined);
      const copied = await copy.schema.inspect({ namespaces: [] });
      expect(await planFor(copy.schema, state)).toMatchObject({ steps: [], refused: [], kept: [] });
      expect(await planFor(original.schema, copied)).toMatchObject({ steps: [], refused: [] });
    }
  },
);
