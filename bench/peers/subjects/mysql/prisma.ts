import { PrismaMariaDb } from "@prisma/adapter-mariadb";
import { seededDatabase } from "../../../subjects/mysql/database.ts";
import { openOnServer } from "../../../subjects/server/open-on-server.ts";
import type { Subject } from "../../../subjects/subject.ts";
import { PrismaClient } from "../../generated/prisma-mysql/client.ts";
import { prismaCalls } from "../prisma/calls.ts";

/** Prisma on the mariadb driver, the only one it has for MySQL and MariaDB. */
export async function open(server: string): Promise<Subject> {
  return openOnServer(await seededDatabase(server, "prisma"), (address, connectionLimit) => {
    const { hostname: host, port, username: user, password, pathname } = new URL(address);
    const adapter = new PrismaMariaDb({
      host,
      port: Number(port),
      user,
      password,
      database: pathname.slice(1),
      connectionLimit,
      allowPublicKeyRetrieval: true,
    });
    const client = new PrismaClient({ adapter });
    return {
      exec: (sql) => client.$executeRawUnsafe(sql),
      close: () => client.$disconnect(),
      calls: prismaCalls(client, { returning: false }),
    };
  });
}
