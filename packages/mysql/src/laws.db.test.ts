import { runLaws } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) =>
  runLaws(server.family.jsonKeysWithMinus ? targetOn(server) : { ...targetOn(server), unreachableKeys: /^-/ }),
);
