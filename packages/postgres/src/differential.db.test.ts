import { runDifferential } from "@mortise/testkit";
import { postgresCapabilities } from "./capabilities.ts";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) =>
  runDifferential({ ...targetOn(server), capabilities: postgresCapabilities }, { cases: 2000, perSchema: 8 }),
);
