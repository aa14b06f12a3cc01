import { runInsertFacts } from "@mortise/testkit";
import { target } from "./target.fixture.ts";

runInsertFacts(target, {
  addDefault: [
    "alter table parcels rename column note to old_note",
    "alter table parcels add column note text default 'gift'",
  ],
});
