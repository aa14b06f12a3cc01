import { runLockTimeouts } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) => runLockTimeouts(targetOn(server)));
