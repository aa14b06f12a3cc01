import { runCorpus, type CorpusSchema } from "@mortise/testkit";
import { openCorpusDatabase } from "./corpus.fixture.ts";
import { onServers } from "./servers.fixture.ts";

/** The name of the database that the script makes. */
const withoutDatabase = (script: string): string => script.replaceAll(/\bsakila\./g, "");

const schemas: readonly CorpusSchema[] = [
  { name: "chinook" },
  { name: "sakila", adapt: withoutDatabase },
  { name: "temporal" },
  { name: "temporal-visibility" },
];

/** What a server cannot even load, with the reason. */
const excluded: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  MySQL: {},
  MariaDB: { "temporal-visibility": "It says -> for JSON and indexes expressions, and MariaDB has neither." },
};

onServers((server) => {
  runCorpus({
    engine: "mysql",
    server: server.name,
    schemas: schemas.filter(({ name }) => !Object.hasOwn(excluded[server.name] ?? {}, name)),
    open: () => openCorpusDatabase(server),
  });
});
