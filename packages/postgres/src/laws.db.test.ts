import { anythingLaws } from "../../testkit/src/laws/anything-laws.ts";
import { filterLaws } from "../../testkit/src/laws/filter-laws.ts";
import { hostileLaws } from "../../testkit/src/laws/hostile-laws.ts";
import { pageLaws } from "../../testkit/src/laws/page-laws.ts";
import { relationLaws } from "../../testkit/src/laws/relation-laws.ts";
import { shapeLaws } from "../../testkit/src/laws/shape-laws.ts";
import { sizeLaws } from "../../testkit/src/laws/size-laws.ts";
import { writeLaws } from "../../testkit/src/laws/write-laws.ts";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) => {
  const target = targetOn(server);
  filterLaws(target);
  pageLaws(target);
  writeLaws(target);
  relationLaws(target);
  shapeLaws(target);
  hostileLaws(target);
  sizeLaws(target);
  anythingLaws(target);
});
