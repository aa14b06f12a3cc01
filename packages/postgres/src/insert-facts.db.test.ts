import { runInsertFacts } from "@mortise/testkit";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

onServers((server) =>
  runInsertFacts(targetOn(server), {
    addDefault: ["alter table parcels alter column note set default 'gift'"],
    trigger: [
      "create function capitals() returns trigger language plpgsql as 'begin new.name = upper(new.name); return new; end'",
      "create trigger capitals before insert on parcels for each row execute function capitals()",
    ],
  }),
);
