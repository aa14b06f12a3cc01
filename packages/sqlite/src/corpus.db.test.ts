import { runCorpus } from "@mortise/testkit";
import { openCorpusDatabase } from "./corpus.fixture.ts";

runCorpus({
  engine: "sqlite",
  server: "SQLite",
  schemas: [{ name: "chinook" }, { name: "sakila" }, { name: "temporal" }],
  open: openCorpusDatabase,
});
