import { runConformance } from "@mortise/testkit";
import { capabilitiesFor, onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

const insertsAreRead = {
  "events, plans and explain: every statement is told with its model and rows":
    "MySQL gives no row back, so that an insert is a write and a read, each told as what it is.",
};

onServers((server) =>
  runConformance({
    ...targetOn(server),
    capabilities: capabilitiesFor(server),
    kysely: true,
    exclusions: server.family.insertReturning ? {} : insertsAreRead,
  }),
);
