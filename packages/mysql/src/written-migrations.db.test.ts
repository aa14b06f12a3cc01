import { runWritten } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) => runWritten(targetOn(server)));
