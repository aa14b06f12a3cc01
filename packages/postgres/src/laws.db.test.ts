import { anythingLaws } from "../../testkit/src/laws/anything-laws.ts";
import { filterLaws } from "../../testkit/src/laws/filter-laws.ts";
import { hostileLaws } from "../../testkit/src/laws/hostile-laws.ts";
import { pageLaws } from "../../testkit/src/laws/page-laws.ts";
import { relationLaws } from "../../testkit/src/laws/relation-laws.ts";
import { sizeLaws } from "../../testkit/src/laws/size-laws.ts";
import { writeLaws } from "../../testkit/src/laws/write-laws.ts";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

// Without shapeLaws: they order distinct rows by columns that are not selected, which has no meaning to PostgreSQL.
onServers((server) => {
  const target = targetOn(server);
  filterLaws(target);
  pageLaws(target);
  writeLaws(target);
  relationLaws(target);
  hostileLaws(target);
  sizeLaws(target);
  anythingLaws(target);
});
