import { runDifferential } from "@mortise/testkit";
import { sqliteCapabilities } from "./capabilities.ts";
import { sqlite } from "./index.ts";

runDifferential(
  { name: "sqlite", capabilities: sqliteCapabilities, open: () => sqlite({ filename: ":memory:" }) },
  { cases: 2000, perSchema: 8 },
);
