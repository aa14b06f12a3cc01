import { runWritten } from "@mortise/testkit";
import { servers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

// The newest one stands for all: what is written does not depend on the version.
for (const server of servers.slice(-1)) runWritten(targetOn(server));
