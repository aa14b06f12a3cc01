import { afterAll } from "vitest";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

const digits = "a Decimal128 has 34 digits";
const documents = "a key that begins with a dollar sign is refused in documents, too, and there is one null";
const secrets = "MongoDB has no encrypted columns";

/** The types that MongoDB does not hold whole, by their value cases. */
export const exclusions = {
  'decimal(38, 10) of mode "string"': digits,
  'decimal of mode "string" without limits': digits,
  "array of decimals": digits,
  json: documents,
  jsonb: documents,
  binary: "bytes are sorted by their number first",
  "datetime as text": "a BSON date counts milliseconds",
  "encryption.symmetric": secrets,
  "encryption.asymmetric": secrets,
};

/** The server of the environment as the testkit's cases see it: every database is one of its own. */
export function serverTarget() {
  const opened: TestDatabase[] = [];
  const openOne = () => {
    const database = openTestDatabase();
    opened.push(database);
    return database;
  };
  afterAll(async () => {
    for (const database of opened) await database.remove();
  });
  return {
    name: "mongodb",
    exclusions,
    digits: 32,
    namelessChecks: true as const,
    refusedKeys: /^[$]/,
    open: () => openOne().adapter(),
    shared: () => {
      const database = openOne();
      return { open: () => database.adapter(), remove: () => database.remove() };
    },
  };
}
