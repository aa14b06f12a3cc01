import { PrismaPg } from "@prisma/adapter-pg";
import { seededDatabase } from "../../../subjects/postgres/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { PrismaClient } from "../../generated/prisma-postgres/client.ts";
import { prismaCalls } from "../prisma/calls.ts";

/** Prisma on pg. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "prisma"), (connectionString, max) => {
    const client = new PrismaClient({ adapter: new PrismaPg({ connectionString, max }) });
    return {
      exec: (sql) => client.$executeRawUnsafe(sql),
      close: () => client.$disconnect(),
      calls: prismaCalls(client, { returning: true }),
    };
  });
}
