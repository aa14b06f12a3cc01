import { col, createSchema, defineModel, schemaOf } from "@mortise/core";
import { stateFromSchema } from "@mortise/core/state";
import { openSchemaDatabase } from "../../sqlite/src/schema-database.fixture.ts";
import { runPlan } from "./apply/run-plan.ts";

/** A process of its own that pushes forty tables to the database file named on the command line, and tells how many steps it made. */
const [path = ":memory:", startAt = "0"] = process.argv.slice(2);
const models = Array.from({ length: 40 }, (_, table) =>
  defineModel(`table_${table}`, { columns: { id: col.increment(), name: col.string({ unique: true }) } }),
);
const desired = stateFromSchema(
  schemaOf(createSchema(Object.fromEntries(models.map((model) => [model.table, model])))),
);
const { schema, database } = openSchemaDatabase(path);
await new Promise((resolve) => setTimeout(resolve, Math.max(0, Number(startAt) - Date.now())));
const { steps } = await runPlan(schema, desired, undefined);
database.close();
console.log(steps.length);
