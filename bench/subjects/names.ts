import { existsSync } from "node:fs";
import { plainWorkloads, workloadNames, type WorkloadName } from "../workloads/workload.ts";
import { mongodbResets, mysqlResets, postgresResets, sqliteResets, type Resets } from "../workloads/resets.ts";

/** What is measured together. */
export interface Engine {
  /** The folder of the subjects' files, below `subjects` and below `peers/subjects`. */
  readonly folder: "sqlite" | "postgres" | "mysql" | "mongodb";
  /** The variable that names the server; databases in the process have none. */
  readonly server?: string;
  /** All ratios are to the first one. */
  readonly subjects: readonly string[];
  /** Other libraries, which are there when `bench/peers` is installed. */
  readonly peers: readonly string[];
  readonly workloads: readonly WorkloadName[];
  readonly resets: Resets;
}

const relations: readonly WorkloadName[] = ["nested10", "nested100", "manyToMany"];
const own = ["raw", "raw-prepared", "mortise"];
const both = ["raw-prepared", "raw-json", "mortise", "mortise-json"];
const peers = [
  "kysely",
  "drizzle",
  "drizzle-prepared",
  "drizzle-v1",
  "drizzle-v1-prepared",
  "prisma",
  "mikro-orm",
  "typeorm",
];
const onServers = workloadNames.filter((name) => name !== "planHit");

/** The engines, and on them the ways to load relations. */
export const engines: Readonly<Record<string, Engine>> = {
  sqlite: { folder: "sqlite", subjects: own, peers, workloads: plainWorkloads, resets: sqliteResets },
  postgres: {
    folder: "postgres",
    server: "TEST_POSTGRES_URL",
    subjects: own,
    peers,
    workloads: onServers,
    resets: postgresResets,
  },
  mysql: { folder: "mysql", server: "TEST_MYSQL_URL", subjects: own, peers, workloads: onServers, resets: mysqlResets },
  mariadb: {
    folder: "mysql",
    server: "TEST_MARIADB_URL",
    subjects: own,
    peers,
    workloads: onServers,
    resets: mysqlResets,
  },
  mongodb: {
    folder: "mongodb",
    server: "TEST_MONGODB_URL",
    subjects: ["raw", "mortise"],
    peers: [],
    workloads: onServers,
    resets: mongodbResets,
  },
  "mongodb-relations": {
    folder: "mongodb",
    server: "TEST_MONGODB_URL",
    subjects: ["raw", "mortise", "mortise-lookup"],
    peers: [],
    workloads: relations,
    resets: mongodbResets,
  },
  "sqlite-relations": { folder: "sqlite", subjects: both, peers: [], workloads: relations, resets: sqliteResets },
  "postgres-relations": {
    folder: "postgres",
    server: "TEST_POSTGRES_URL",
    subjects: both,
    peers: [],
    workloads: relations,
    resets: postgresResets,
  },
};

/** The subjects that can be measured: those of our own, and the peers when they are installed. */
export function subjectsOf({ subjects, peers: others }: Engine, installed = arePeersInstalled()): readonly string[] {
  return installed ? [...subjects, ...others] : subjects;
}

export function arePeersInstalled(): boolean {
  return existsSync(new URL("../peers/node_modules", import.meta.url));
}

/** The module of a subject. */
export function subjectModule({ folder, subjects }: Engine, name: string): URL {
  const base = subjects.includes(name) ? "" : "../peers/subjects/";
  return new URL(`${base}${folder}/${name}.ts`, import.meta.url);
}
