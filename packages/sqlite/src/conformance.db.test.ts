import { runConformance } from "@mortise/testkit";
import { sqliteCapabilities } from "./capabilities.ts";
import { sqlite } from "./index.ts";

runConformance({
  name: "sqlite",
  capabilities: sqliteCapabilities,
  kysely: true,
  open: () => sqlite({ filename: ":memory:" }),
});
