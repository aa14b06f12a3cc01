import fc from "fast-check";
import { expect, test } from "vitest";
import { isSame, sortState, type SchemaState } from "@mortise/core/state";
import { openSchemaDatabase } from "../../sqlite/src/schema-database.fixture.ts";
import { planFor, runPlan } from "./apply/run-plan.ts";
import { arbitraryState } from "./arbitrary-state.fixture.ts";
import { arbitraryMutation } from "./mutate-state.fixture.ts";

const runs = { numRuns: Number(process.env["PROPERTY_RUNS"] ?? 200) };

/** What a database can tell: not the logical types, and STRICT only as it came out. */
function comparable(state: SchemaState): unknown {
  const tables = state.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, type: undefined })),
    options: { ...table.options, strict: undefined },
  }));
  return sortState({ tables, enums: [], unmanaged: state.unmanaged });
}

test("what is created is what was wanted: inspect after apply equals the desired normal form", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryState, async (desired) => {
      const { schema, database } = openSchemaDatabase();
      await runPlan(schema, desired, undefined);
      const actual = await schema.normalise(await schema.inspect({ namespaces: [] }));
      const wanted = await schema.normalise(desired);
      expect(comparable(actual)).toEqual(comparable(wanted));
      expect(await schema.normalise(wanted)).toEqual(wanted);
      expect(await schema.normalise(actual)).toEqual(actual);
      expect(await planFor(schema, desired)).toMatchObject({ steps: [], refused: [] });
      database.close();
    }),
    runs,
  );
});

test("no change is missed: whatever differs in the normal form is a difference, and is gone once it was made", async () => {
  const pairs = arbitraryState.chain((state) => fc.tuple(fc.constant(state), arbitraryMutation(state)));
  await fc.assert(
    fc.asyncProperty(pairs, async ([before, after]) => {
      const { schema, database } = openSchemaDatabase();
      const normal = (state: SchemaState) => schema.normalise(state).then(comparable);
      fc.pre(!isSame(await normal(before), await normal(after)));
      await runPlan(schema, before, undefined);
      const { steps, refused } = await planFor(schema, after);
      expect([...steps, ...refused]).not.toEqual([]);
      if (refused.length > 0) return;
      await runPlan(schema, after, undefined);
      expect(await planFor(schema, after)).toMatchObject({ steps: [], refused: [] });
      database.close();
    }),
    runs,
  );
});
