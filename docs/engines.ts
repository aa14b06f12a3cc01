import { writeFileSync } from "node:fs";
import type { Capabilities, Difference, Differences, DifferenceTopic } from "@mortise/core/adapter";
import { mongodbCapabilities } from "../packages/mongodb/src/capabilities.ts";
import { mongodbDifferences } from "../packages/mongodb/src/differences.ts";
import { capabilitiesOf } from "../packages/mysql/src/capabilities.ts";
import { differencesOf } from "../packages/mysql/src/differences.ts";
import { mariadbServer, mysqlServer } from "../packages/mysql/src/server.ts";
import { postgresCapabilities } from "../packages/postgres/src/capabilities.ts";
import { postgresDifferences } from "../packages/postgres/src/differences.ts";
import { sqliteCapabilities } from "../packages/sqlite/src/capabilities.ts";
import { sqliteDifferences } from "../packages/sqlite/src/differences.ts";
import { table } from "./table.ts";

interface Engine {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly differences: Differences;
}

const engines: readonly Engine[] = [
  { name: "SQLite", capabilities: sqliteCapabilities, differences: sqliteDifferences },
  { name: "PostgreSQL", capabilities: postgresCapabilities, differences: postgresDifferences },
  { name: "MySQL", capabilities: capabilitiesOf(mysqlServer), differences: differencesOf(mysqlServer) },
  { name: "MariaDB", capabilities: capabilitiesOf(mariadbServer), differences: differencesOf(mariadbServer) },
  { name: "MongoDB", capabilities: mongodbCapabilities, differences: mongodbDifferences },
];

/** What each capability is, in the order of the page. Columns of all kinds that one engine lacks have a row each. */
const capabilityRows: Readonly<Record<Exclude<keyof Capabilities, "columns">, string>> = {
  returning: "what a write gives back by itself",
  insertFacts: "an insert whose values are stored as given is not read back",
  firstCounted: "the first key counted by an insert, where it gives only that",
  conflictTarget: "an upsert names the key that decides",
  relations: "ways to load a relation",
  relationStrategy: "the way taken unless said otherwise",
  untypedInRelations: "columns of types of your own in relations inside rows",
  subqueriesInRelations: "subqueries in relations of relations inside rows",
  joins: "joins",
  joinsByName: "a join by the name of a table",
  listEntries: "`references` of `manyToMany`; `push`, `pull`, `addToSet`",
  rowLocks: "`forUpdate`, `forShare`",
  distinctOn: "`distinctOn`",
  commonTables: "common tables",
  setOperations: "set operations",
  fullText: "`whereFullText`",
  regexp: "`regexp`",
  raw: "`raw`, `db.raw`",
  transactions: "transactions",
  atomicStatements: "a statement that writes many rows happens whole or not at all",
  savepoints: "nested transactions",
  transactionRetries: "a transaction runs again by itself, times",
  isolation: "isolation levels",
  longestName: "longest name",
  indexNames: "names of indexes differ within a",
  maxParameters: "parameters of a statement",
  rowsPerInsert: "rows of one bulk insert statement",
  explain: "`explain`",
};

/** The heading of each topic, and what holds wherever a table says "equal". */
const topics: Readonly<Record<DifferenceTopic, readonly [title: string, promise: string]>> = {
  nullOrder: ["Order of nulls", "Nulls come first ascending and last descending, unless the query says where."],
  textComparison: ["Comparing and ordering texts", "Texts are equal when they are the same, and sort by code points."],
  trailingBlanks: ["Blanks at the end", "Blanks at the end of a text are kept and count."],
  like: ["`like` and `ilike`", "`like` tells capitals from small letters, `ilike` does not; a backslash escapes."],
  integerDivision: ["Dividing integers", "Mortise has no division; averages of integers keep their fraction."],
  booleans: ["Booleans", "Written and read as `true` and `false`."],
  decimals: ["Decimals", "Nothing is rounded: sums are exact, and a value with too many digits is refused."],
  groupBy: ["Columns beside groups", "What stands beside groups should be grouped or an aggregate."],
  jsonContainment: [
    "Containment in JSON",
    "A document contains the parts of it: entries in any order, objects by their keys.",
  ],
  jsonKeys: ["Keys of JSON documents", "Keys are data: dots, quotes and wildcards in them reach no other key."],
  counters: [
    "Counters after keys that were given",
    "A generated key comes after every key that was written through a model.",
  ],
  instants: ["Instants", "An instant is the same whatever the zones of session and process."],
  longNames: ["Long names", "A name is never cut: what is too long is refused when the schema is used."],
  failedStatement: [
    "A transaction after a failed statement",
    "A caught error of one statement leaves the transaction usable.",
  ],
  streams: ["Streams", "A stream gives the rows of its beginning, and the loop over it may read and write."],
  isolation: ["Isolation", "A transaction has the level it asks for; without one that of the engine."],
};

const introduction = `# Engines

This page is made by \`docs/engines.ts\` from \`capabilities.ts\` and \`differences.ts\` of every adapter; do not edit it.

The same schema and the same query mean the same on every engine. What an engine cannot do is refused by an
\`UnsupportedError\` before anything is sent. Where engines still differ, this page says so.

## What each engine can do

`;

/** The page `docs/engines.md`. */
export function enginesPage(): string {
  return [introduction, capabilitiesTable(), "\n## Where engines do not agree by themselves\n", ...topicList()].join(
    "",
  );
}

function capabilitiesTable(): string {
  const rows = Object.entries(capabilityRows).map(([key, title]) => [
    title,
    ...engines.map(({ capabilities }) => shown(Reflect.get(capabilities, key) ?? whereAbsent[key])),
  ]);
  const kinds = new Set(engines.flatMap(({ capabilities }) => capabilities.columns));
  const scarce = [...kinds].filter((kind) => engines.some(({ capabilities }) => !capabilities.columns.includes(kind)));
  const columns = scarce.map((kind) => [
    `columns: \`${kind}\``,
    ...engines.map(({ capabilities }) => shown(capabilities.columns.includes(kind))),
  ]);
  return table([["", ...engines.map(({ name }) => name)], ...rows, ...columns]);
}

function shown(value: unknown): string {
  if (value === true) return "yes";
  if (value === false || value === undefined) return "no";
  if (typeof value === "number") return value.toLocaleString("en");
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "string") return words[value] ?? `\`${value}\``;
  return Object.entries(Object(value))
    .map(([name, part]) => `${words[name] ?? ""}${String(part)}`)
    .join(" ");
}

/** What the lack of a capability means, where it is not "no". */
const whereAbsent: Readonly<Record<string, string>> = { longestName: "unlimited", indexNames: "namespace" };

const words: Readonly<Record<string, string>> = {
  rows: "rows",
  insertedRows: "rows of inserts",
  ids: "the counted key",
  none: "nothing",
  unlimited: "no limit",
  toOne: "one row: ",
  toMany: "lists: ",
};

function topicList(): string[] {
  return Object.entries(topics).map(([topic, [title, promise]]) => {
    const rows = grouped(engines.map(({ name, differences }) => [name, Reflect.get(differences, topic)]));
    return `\n### ${title}\n\n${promise}\n\n${table([["engine", "meaning", "how"], ...rows])}`;
  });
}

/** Engines of which the same is said share a row. */
function grouped(said: readonly (readonly [string, Difference])[]): string[][] {
  const rows = new Map<string, { readonly names: string[]; readonly meaning: string }>();
  for (const [name, { meaning, how }] of said) {
    const row = rows.get(how) ?? { names: [], meaning };
    row.names.push(name);
    rows.set(how, row);
  }
  return [...rows].map(([how, { names, meaning }]) => [names.join(", "), meaning, how]);
}

if (import.meta.main) writeFileSync(new URL("engines.md", import.meta.url), enginesPage());
