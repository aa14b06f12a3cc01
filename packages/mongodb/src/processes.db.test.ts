import { fileURLToPath } from "node:url";
import { runProcesses } from "@mortise/testkit";
import { onServer, openTestDatabase } from "./test-database.fixture.ts";

/** A collection, its rules and an index in turn. */
function statementAt(at: number): string {
  const table = `table_${Math.floor(at / 3)}`;
  if (at % 3 === 0) return JSON.stringify({ create: table, validator: {} });
  if (at % 3 === 1) return JSON.stringify({ collMod: table, validator: { $jsonSchema: { required: ["name"] } } });
  return JSON.stringify({ createIndexes: table, indexes: [{ key: { name: 1 }, name: `${table}_name`, unique: true }] });
}

onServer(() =>
  runProcesses({
    name: "mongodb",
    script: fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url)),
    statementAt,
    shared: async () => {
      const database = openTestDatabase();
      return { place: database.name, open: () => database.adapter(), remove: () => database.remove() };
    },
  }),
);
