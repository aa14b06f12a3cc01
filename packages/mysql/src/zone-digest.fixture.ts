import { zoneDigest } from "../../testkit/src/values/zone-digest.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

const [, , url = ""] = process.argv;
const opened: TestDatabase[] = [];
const open = async () => {
  const database = await openTestDatabase({ url });
  opened.push(database);
  return database.adapter();
};
try {
  console.log(await zoneDigest({ open }));
} finally {
  for (const database of opened) await database.remove();
}
