import { runConformance } from "@mortise/testkit";
import { postgresCapabilities } from "./capabilities.ts";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) => runConformance({ ...targetOn(server), capabilities: postgresCapabilities }));
