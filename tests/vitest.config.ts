import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * Where a test lives says what it may use:
 *
 * - `packages/<package>/src/x.test.ts`, `.ci/checks/x.test.ts` and every `x.test.ts` under `bench` need no database (project `unit`);
 * - `x.test-d.ts` and `tests/types/x.test-d.ts` are only type-checked (project `types`);
 * - everything under an adapter's `src`, any `x.db.test.ts`, and the journeys in `tests/` may open a database in
 *   process (project `sqlite`).
 *
 * An engine that needs a server has a project of its own, with a `globalSetup` that provides its address.
 */
const postgresTests = ["packages/postgres/src/**/*.test.ts"];
const mysqlTests = ["packages/mysql/src/**/*.test.ts"];
const mongodbTests = ["packages/mongodb/src/**/*.test.ts"];
/** On a server that the tests start for themselves the long suites do not run: `pnpm test` stays a matter of minutes. */
const longTests = ["packages/{postgres,mysql}/src/{conformance,values,laws,differential,faults,endurance}.db.test.ts"];
const { env } = process;
const longOnPostgres = (env["TEST_POSTGRES_URL"] ?? env["TEST_POSTGRES18_URL"]) ? [] : longTests;
const longOnMysql = (env["TEST_MYSQL_URL"] ?? env["TEST_MARIADB_URL"]) ? [] : longTests;
const serverTests = [...postgresTests, ...mysqlTests, ...mongodbTests];
const adapters = ["packages/sqlite/src/**/*.test.ts"];
const databaseTests = ["packages/*/src/**/*.db.test.ts"];
const typeTests = ["packages/*/src/**/*.test-d.ts", "tests/types/**/*.test-d.ts"];

/** Most tests wait for a server, so that a second worker is worth having on two processors, too. */
const workers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    maxWorkers: workers,
    root: fileURLToPath(new URL("..", import.meta.url)),
    // Files that tests write are loaded by Node, as an application's are, and not by vitest.
    server: { deps: { external: [/\/mortise-files-[^/]+\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.ts", ".ci/checks/**/*.test.ts", "bench/**/*.test.ts"],
          exclude: [...adapters, ...databaseTests, ...serverTests, "bench/peers/**"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "types",
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: typeTests,
            tsconfig: "tsconfig.json",
            ignoreSourceErrors: true,
          },
        },
      },
      {
        extends: true,
        test: {
          name: "sqlite",
          include: [...adapters, ...databaseTests, "tests/**/*.test.ts"],
          exclude: serverTests,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "postgres",
          include: postgresTests,
          exclude: longOnPostgres,
          globalSetup: ["tests/support/postgres.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "mysql",
          include: mysqlTests,
          exclude: longOnMysql,
          globalSetup: ["tests/support/mysql.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "mongodb",
          include: mongodbTests,
          // Transactions of different databases meet on some servers, so that files would make one another's run again.
          fileParallelism: false,
          globalSetup: ["tests/support/mongodb.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
