import { definitionRefusals } from "../../testkit/src/refusals/definition-refusals.ts";
import { schemaRefusals } from "../../testkit/src/refusals/schema-refusals.ts";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

definitionRefusals();
onServers((server) => schemaRefusals(targetOn(server)));
