import { zoneDigest } from "../../testkit/src/values/zone-digest.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.fixture.ts";

const opened: TestDatabase[] = [];
const open = () => {
  const database = openTestDatabase();
  opened.push(database);
  return database.adapter();
};
try {
  console.log(await zoneDigest({ open }));
} finally {
  for (const database of opened) await database.remove();
}
