import { runConformance } from "@mortise/testkit";
import { capabilitiesFor, onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) =>
  runConformance({ ...targetOn(server), capabilities: capabilitiesFor(server), kysely: true, exclusions: {} }),
);
