import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { dropDatabase, engines, environmentOf, insertUser, look, makeDatabase, type Engine } from "./engine.ts";
import { hasTerminal, Project, type Run } from "./project.ts";

const user = (columns: string, more = ""): string => `import { col, defineModel } from "@mortise/core";

export const User = defineModel("users", {
  columns: { id: col.increment(), ${columns} },
  ${more}
});
`;

const post = (title: string): string => `import { col, defineModel } from "@mortise/core";

export const Post = defineModel("posts", {
  columns: { id: col.increment(), userId: col.integer({ nullable: false, index: true }), ${title}: col.string({ length: 80 }) },
});
`;

/** A run that went well, and what it printed. */
function printed({ code, stdout, stderr }: Run): string {
  expect({ code, stderr: code === 0 ? "" : stderr + stdout }).toEqual({ code: 0, stderr: "" });
  return stdout.trim();
}

/** A run that was refused, and the sentence. */
function refused({ code, stdout, stderr }: Run): string {
  expect({ code, stdout, stack: stderr.includes("    at ") }).toEqual({ code: 1, stdout: "", stack: false });
  return stderr;
}

interface Journey {
  readonly engine: Engine;
  readonly project: Project;
  readonly database: string;
}

async function begin(engine: Engine): Promise<Journey> {
  const project = new Project();
  const database = engine.url === undefined ? "app.db" : `mortise_journey_${randomBytes(6).toString("hex")}`;
  await makeDatabase(engine, database);
  onTestFinished(async () => {
    await dropDatabase(engine, database);
    project.remove();
  });
  return { engine, project, database };
}

const migrationsOf = ({ project }: Journey): readonly string[] => readdirSync(join(project.folder, "migrations"));

async function setUp({ engine, project, database }: Journey): Promise<void> {
  const keys = { sqlite: "", postgres: "\u001B[B", mysql: "\u001B[B\u001B[B", mongodb: "\u001B[B\u001B[B\u001B[B" }[
    engine.driver
  ];
  const ran = hasTerminal
    ? await project.answer([{ to: /Which database/, keys: `${keys}\r` }], "setup")
    : await project.run("setup", "--driver", engine.driver);
  expect(printed(ran)).toContain("mortise.config.ts");
  expect(readFileSync(join(project.folder, "mortise.config.ts"), "utf8")).toContain(`@mortise/${engine.driver}`);
  project.write(".env", environmentOf(engine, database));
}

async function writeModels({ project }: Journey): Promise<void> {
  printed(await project.run("make:model", "User"));
  printed(await project.run("make:model", "Post"));
  project.write("src/models/user.ts", user("name: col.string({ length: 80 })"));
  project.write("src/models/post.ts", post("title"));
}

async function firstMigration({ engine, project, database }: Journey): Promise<void> {
  expect(printed(await project.run("migrate:generate", "add users and posts"))).toMatch(
    /^migrations\/\d+_add_users_and_posts\.ts$/,
  );
  expect(printed(await project.run("migrate"))).toMatch(/^migrated \d+_add_users_and_posts$/);
  const file = engine.url === undefined ? join(project.folder, database) : database;
  await insertUser(engine, file, "Ada");
}

async function editedModel({ engine, project, database }: Journey): Promise<void> {
  const columns = 'fullName: col.string({ length: 80, renamedFrom: "name" }), age: col.integer()';
  project.write("src/models/user.ts", user(columns, 'indexes: [["age"]],'));
  printed(await project.run("migrate:generate", "full names"));
  expect(refused(await project.run("migrate:generate", "again"))).toContain("_full_names is not made yet");
  printed(await project.run("migrate"));
  expect(printed(await project.run("migrate:status"))).toMatch(/^made +batch 1 .*\nmade +batch 2 .*_full_names$/);
  const file = engine.url === undefined ? join(project.folder, database) : database;
  const probe = { table: "users", namespace: undefined, rows: { of: "notNull", column: "full_name" } } as const;
  expect(await look(engine, file, (schema) => schema.countRows(probe))).toBe(1);
}

/** A rename that the model does not tell: nobody guesses. */
async function renameAsked(journey: Journey): Promise<void> {
  const { project } = journey;
  project.write("src/models/post.ts", post("headline"));
  const before = migrationsOf(journey);
  expect(refused(await project.run("migrate:generate", "headlines"))).toContain("--rename posts.title:headline");
  expect(migrationsOf(journey)).toEqual(before);
  printed(
    hasTerminal
      ? await project.answer([{ to: /What became of it/, keys: "\r" }], "migrate:generate", "headlines")
      : await project.run("migrate:generate", "headlines", "--rename", "posts.title:headline"),
  );
  const [made = ""] = migrationsOf(journey).filter((file) => file.endsWith("_headlines.ts"));
  expect(readFileSync(join(project.folder, "migrations", made), "utf8")).toContain('renameColumn("title", "headline")');
}

/** Tables go only where somebody says so. */
async function back({ project, database }: Journey): Promise<void> {
  expect(printed(await project.run("migrate"))).toMatch(/_headlines$/);
  expect(printed(await project.run("migrate:rollback"))).toMatch(/^rolled back \d+_headlines$/);
  expect(refused(await project.run("migrate:rollback", "--step", "2"))).toContain("--force");
  const rolled = hasTerminal
    ? await project.answer(
        [{ to: /Type the name of the database/, keys: `${database}\r` }],
        "migrate:rollback",
        "--step",
        "2",
      )
    : await project.run("migrate:rollback", "--step", "2", "--force");
  expect(printed(rolled)).toMatch(/rolled back \d+_add_users_and_posts$/);
}

async function freshAndPulled({ project }: Journey): Promise<void> {
  expect(printed(await project.run("migrate:fresh", "--force")).split("\n")).toHaveLength(3);
  expect(printed(await project.run("migrate:diff", "--check"))).toBe("no differences");
  expect(printed(await project.run("db:pull", "--out", "pulled"))).toContain("pulled/schema.ts");
  const config = readFileSync(join(project.folder, "mortise.config.ts"), "utf8");
  project.write("pulled.config.ts", config.replace("src/schema.ts", "pulled/schema.ts"));
  expect(printed(await project.run("migrate:diff", "--check", "--config", "pulled.config.ts"))).toBe("no differences");
}

if (!hasTerminal)
  console.warn("There is no `script` of util-linux: the questions of the journey are answered by flags.");

describe("from an empty folder to a pulled schema", () => {
  for (const engine of engines) {
    test.skipIf(!engine.isThere)(
      `on ${engine.title}${engine.isThere ? "" : ", which no variable names"}`,
      async () => {
        const journey = await begin(engine);
        await setUp(journey);
        await writeModels(journey);
        await firstMigration(journey);
        await editedModel(journey);
        await renameAsked(journey);
        await back(journey);
        await freshAndPulled(journey);
      },
      240_000,
    );
  }
});
