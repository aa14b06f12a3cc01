import { describe, expect, it } from "vitest";
import { capabilitiesOf } from "./capabilities.ts";
import { mariadbServer, mysqlServer, type Server } from "./server.ts";

/** A server that the tests run on. */
export interface TestServer {
  readonly name: string;
  readonly url: string;
  readonly family: Server;
}

const variables = [
  { name: "MySQL", variable: "TEST_MYSQL_URL", family: mysqlServer },
  { name: "MariaDB", variable: "TEST_MARIADB_URL", family: mariadbServer },
] as const;

/** The servers whose addresses the environment names. */
export const servers: readonly TestServer[] = variables.flatMap(({ name, variable, family }) => {
  const url = process.env[variable];
  return url === undefined ? [] : [{ name, url, family }];
});

export function capabilitiesFor({ family }: TestServer): ReturnType<typeof capabilitiesOf> {
  return capabilitiesOf(family);
}

/** Declares tests for each server; where one must be there and is not, a test that says so. */
export function onServers(declare: (server: TestServer) => void): void {
  for (const server of servers) {
    describe(`${server.name}`, () => {
      declare(server);
    });
  }
  for (const { name, variable } of variables) {
    if (servers.some((server) => server.name === name)) continue;
    const required = process.env["REQUIRE_ALL_DATABASES"] === "1";
    it.skipIf(!required)(`has ${name}`, () => {
      expect(process.env[variable], `${variable} names no server.`).toBeDefined();
    });
  }
}
