import { runCorpus, type CorpusSchema } from "@mortise/testkit";
import { openCorpusDatabase } from "./corpus.fixture.ts";
import { onServers } from "./servers.fixture.ts";

/** The commands of a shell, the roles and the making of the database itself. */
const adapt = (script: string): string =>
  script
    .replaceAll(/^\\.*$/gm, "")
    .replaceAll(/^(create|drop) database .*$/gim, "")
    .replaceAll(/^(alter .* owner to|grant|revoke) .*$/gim, "");

/** What came with PostgreSQL 18, and the extension `vector`, whose one column is a text without it. */
const forOlder = (script: string): string =>
  adapt(script)
    .replaceAll(/^(create|comment on) extension .*vector.*$/gim, "")
    .replaceAll(/public\.vector\(\d+\)/g, "text")
    .replaceAll(/^create index .* using hnsw .*$/gim, "")
    .replaceAll(/\bVIRTUAL\b/g, "STORED")
    .replaceAll(/\buuidv7\(\)/g, "gen_random_uuid()");

const domains = `create domain year as integer constraint year_check check ((value >= 1901) and (value <= 2155));
  create domain "bıgınt" as bigint;`;

/** Extensions and functions that columns and indexes use. */
const beforeTables = (script: string): string => adapt(script).split(/create table/i)[0] ?? "";

const schemas = (isNew: boolean): readonly CorpusSchema[] => [
  { name: "chinook", adapt },
  { name: "northwind", adapt },
  {
    name: "pagila",
    adapt: isNew ? adapt : forOlder,
    prerequisites: () => `${isNew ? "create extension vector;" : ""} ${domains}`,
  },
  { name: "sakila", adapt, prerequisites: () => domains },
  { name: "temporal", adapt },
  { name: "temporal-visibility", adapt, prerequisites: beforeTables },
];

onServers((server) => {
  runCorpus({
    engine: "postgres",
    server: server.name,
    schemas: schemas(server.name === "PostgreSQL 18"),
    open: () => openCorpusDatabase(server),
  });
});
