import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { dropDatabase, environmentOf, look, makeDatabase, sqlEngines, type Engine } from "./engine.ts";
import { Project } from "./project.ts";

/** A project whose table has one index less than its model. */
async function begin(engine: Engine): Promise<{ readonly project: Project; readonly database: string }> {
  const project = new Project();
  const name = engine.url === undefined ? "app.db" : `mortise_waiting_${randomBytes(6).toString("hex")}`;
  await makeDatabase(engine, name);
  onTestFinished(async () => {
    await dropDatabase(engine, name);
    project.remove();
  });
  expect((await project.run("setup", "--driver", engine.driver)).code).toBe(0);
  project.write(".env", environmentOf(engine, name));
  write(project, "");
  expect((await project.run("db:push")).code).toBe(0);
  write(project, ", index: true");
  return { project, database: engine.url === undefined ? join(project.folder, name) : name };
}

function write(project: Project, option: string): void {
  project.write(
    "src/schema.ts",
    `import { col, createSchema, defineModel } from "@mortise/core";
const columns = { id: col.increment(), age: col.integer({ nullable: true${option} }) };
export const schema = createSchema({ users: defineModel("users", { columns }) });
`,
  );
}

function settings(project: Project, text: string): void {
  const path = join(project.folder, "mortise.config.ts");
  const { length } = 'migrations: { directory: "migrations"';
  const config = readFileSync(path, "utf8");
  const at = config.indexOf('migrations: { directory: "migrations"') + length;
  project.write("mortise.config.ts", `${config.slice(0, at)}, ${text}${config.slice(at)}`);
}

/** What happened, that nothing was done, and what to do; a server also knows who is in the way. */
function sentenceOf({ url }: Engine): RegExp {
  return url === undefined
    ? /^error: Another connection has been writing to the database for 0\.3 seconds, so the migration did not start\. Nothing was changed: run it again when the other one is done\.$/
    : /^error: Another migrator has .* seconds?, so the migration did not start\. Nothing was changed: run it again when the other one is done\. .*"mortise migrate:unlock" tells who holds the lock\.$/;
}

describe.each(sqlEngines)("the command on $title", { timeout: 180_000 }, (engine) => {
  test.runIf(engine.isThere)(
    "waits for another migrator as long as it is told, or as the configuration says",
    async () => {
      const { project, database } = await begin(engine);
      await look(engine, database, (schema) =>
        schema.lock("mortise", async () => {
          const told = await project.run("db:push", "--lock-timeout", "300");
          expect(told.stderr.trim()).toMatch(sentenceOf(engine));
          expect([told.code, told.stdout]).toEqual([1, ""]);
          settings(project, "lockTimeout: 300");
          for (const command of ["migrate", "migrate:rollback", "db:push"]) {
            const ran = await project.run(command);
            expect([command, ran.stderr.trim()]).toEqual([command, expect.stringMatching(sentenceOf(engine))]);
            expect(ran.code).toBe(1);
          }
        }),
      );
      expect((await project.run("db:push")).code).toBe(0);
    },
  );

  test.runIf(engine.isThere)(
    "makes changes while others write where it is told so, or where the configuration says so",
    async () => {
      const { project } = await begin(engine);
      const form = {
        sqlite: /create index (?!concurrently)/i,
        postgres: /create index concurrently/,
        mysql: /LOCK=NONE/,
      };
      const shown = await project.run("migrate:diff", "--sql", "--online");
      expect(shown.stdout).toMatch(form[engine.driver]);
      const linted = await project.run("migrate:lint", "--online", "--lock-timeout", "2000");
      expect([linted.code, linted.stdout.trim()]).toEqual([0, "nothing to tell"]);
      expect((await project.run("migrate:lint", "--online")).stdout.includes("no-lock-timeout")).toBe(
        engine.driver === "mysql",
      );
      settings(project, "online: true, lockTimeout: 5000");
      expect((await project.run("migrate:diff", "--sql")).stdout).toMatch(form[engine.driver]);
      expect((await project.run("migrate:generate", "ages")).code).toBe(0);
      const [file = ""] = readdirSync(join(project.folder, "migrations"));
      expect(readFileSync(join(project.folder, "migrations", file), "utf8")).toContain("  online: true,\n");
      for (const command of ["migrate", "migrate:rollback --force"]) {
        const ran = await project.run(...command.split(" "));
        expect([command, ran.code]).toEqual([command, 0]);
      }
    },
  );
});

test("a lockTimeout that is no time is refused", async () => {
  const project = new Project(["core", "migrator", "sqlite"]);
  onTestFinished(() => project.remove());
  expect((await project.run("setup", "--driver", "sqlite")).code).toBe(0);
  expect((await project.run("migrate", "--lock-timeout", "0")).code).toBe(2);
  settings(project, "lockTimeout: 1.5");
  const ran = await project.run("migrate");
  expect(ran.stderr).toMatch(/"migrations.lockTimeout" must be a whole number of milliseconds, 1 or more/);
  expect(ran.code).toBe(1);
});
