import { createDatabase, createSchema } from "@mortise/core";
import { toolsOf } from "@mortise/core/adapter";
import { canonicalText, sortState, type SchemaAdapter, type SchemaState } from "@mortise/core/state";
import fc from "fast-check";
import { expect, test } from "vitest";
import { planFor, runPlan } from "../../migrator/src/apply/run-plan.ts";
import { arbitraryState } from "./arbitrary-state.fixture.ts";
import { onServer } from "./test-database.fixture.ts";
import type { MongodbAdapter } from "./index.ts";

const runs = { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 25) };

/** What a database can tell: not the logical types. */
function comparable(state: SchemaState): string {
  const tables = state.tables.map((table) => ({
    ...table,
    columns: table.columns
      .map((column) => ({ ...column, type: undefined }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
  return canonicalText(sortState({ ...state, tables }));
}

async function withSchema(adapter: MongodbAdapter, body: (schema: SchemaAdapter) => Promise<void>): Promise<void> {
  await using db = createDatabase(createSchema({}), adapter);
  await body(await toolsOf(db).openSchema());
}

const unasked = { drop: true, acknowledge: ["all"] };

onServer((open) => {
  test("what is created is what was wanted: inspect after apply equals the desired normal form", () =>
    fc.assert(
      fc.asyncProperty(arbitraryState, (desired) =>
        withSchema(open(), async (schema) => {
          await runPlan(schema, desired, undefined);
          const actual = await schema.normalise(await schema.inspect({ namespaces: [] }));
          const wanted = await schema.normalise(desired);
          expect(comparable(actual)).toBe(comparable(wanted));
          expect(await schema.normalise(wanted)).toEqual(wanted);
          expect(await schema.normalise(actual)).toEqual(actual);
          expect(await planFor(schema, desired)).toMatchObject({ steps: [], refused: [] });
        }),
      ),
      runs,
    ));

  test("no change is missed: from any schema to any other, and nothing is left to do", () =>
    fc.assert(
      fc.asyncProperty(arbitraryState, arbitraryState, (before, after) =>
        withSchema(open(), async (schema) => {
          await runPlan(schema, before, undefined);
          const { steps, refused } = await planFor(schema, after, unasked);
          expect([...steps, ...refused].length > 0).toBe(
            comparable(await schema.normalise(before)) !== comparable(await schema.normalise(after)),
          );
          if (refused.length > 0) return;
          await runPlan(schema, after, undefined, unasked);
          expect(await planFor(schema, after, unasked)).toMatchObject({ steps: [], refused: [] });
        }),
      ),
      runs,
    ));
});
