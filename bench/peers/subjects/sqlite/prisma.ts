import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import Database from "better-sqlite3";
import type { Subject } from "../../../subjects/subject.ts";
import { seedOf } from "../../../workloads/seed.ts";
import { sqliteSpelling } from "../../../workloads/spelling.ts";
import { PrismaClient } from "../../generated/prisma-sqlite/client.ts";
import { prismaCalls } from "../prisma/calls.ts";

/** The types by which the driver adapter knows flags, instants and documents. */
const spelling = {
  ...sqliteSpelling,
  types: { ...sqliteSpelling.types, flag: "boolean", instant: "datetime", document: "jsonb" },
  instant: (seconds: string) => `strftime('%Y-%m-%dT%H:%M:%f+00:00', 1700000000 + ${seconds} + 0.123, 'unixepoch')`,
};

/** Prisma on better-sqlite3. It opens the database by its name, so this is a file in memory where there is one. */
export function open(): Subject {
  const file = join(tmpdir(), `mortise-bench-prisma-${process.pid}.db`);
  const database = new Database(file);
  database.pragma("synchronous = off");
  for (const sql of seedOf(spelling)) database.exec(sql);
  database.close();
  process.on("exit", () => rmSync(file, { force: true }));
  process.on("SIGTERM", () => process.exit());
  const client = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
  const ready = client.$executeRawUnsafe("pragma synchronous = off");
  return {
    exec: async (sql) => {
      await ready;
      await client.$executeRawUnsafe(sql);
    },
    close: () => client.$disconnect(),
    calls: prismaCalls(client, { returning: true }),
  };
}
