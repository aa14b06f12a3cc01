import { zoneDigest } from "../../testkit/src/values/zone-digest.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

const [, , url = ""] = process.argv;
const database = await openTestDatabase({ url });
const open = () => database.adapter();
try {
  console.log(await zoneDigest({ open }));
} finally {
  await database.remove();
}
