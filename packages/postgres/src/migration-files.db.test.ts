import { runFiles, runModules } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) => {
  runFiles(targetOn(server));
  runModules(targetOn(server));
});
