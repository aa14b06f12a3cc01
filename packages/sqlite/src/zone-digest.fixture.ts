import { zoneDigest } from "../../testkit/src/values/zone-digest.ts";
import { target } from "./target.fixture.ts";

console.log(
  JSON.stringify({ hour: new Date(0).getHours(), minute: new Date(0).getMinutes(), digest: await zoneDigest(target) }),
);
