import { runDifferential } from "@mortise/testkit";
import { capabilitiesFor, onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) =>
  runDifferential({ ...targetOn(server), capabilities: capabilitiesFor(server) }, { cases: 2000, perSchema: 8 }),
);
