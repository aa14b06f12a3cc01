import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { dropDatabase, environmentOf, look, makeDatabase, sqlEngines, type Engine } from "./engine.ts";
import { Project } from "./project.ts";

interface Place {
  readonly project: Project;
  readonly database: string;
}

/** A project with one migration, and an empty database of its own. */
async function begin(engine: Engine): Promise<Place> {
  const project = new Project();
  const database = `mortise_refused_${randomBytes(6).toString("hex")}`;
  await makeDatabase(engine, database);
  onTestFinished(async () => {
    await dropDatabase(engine, database);
    project.remove();
  });
  expect((await project.run("setup", "--driver", engine.driver)).code).toBe(0);
  project.write("migrations/20260101000000_a.sql", "create table a (id int);\n");
  return { project, database };
}

/** `.env` with another user or password. */
function environmentWith(engine: Engine, database: string, change: (url: URL) => void): string {
  const url = new URL(engine.url ?? "");
  change(url);
  return environmentOf({ ...engine, url: url.href }, database);
}

const refused: Readonly<
  Record<"postgres" | "mysql", { readonly change: (url: URL) => void; readonly sentence: RegExp }>
> = {
  // A server of tests may let in whom it knows without a password.
  postgres: {
    change: (url) => Object.assign(url, { username: "mortise_nobody", password: "sesame" }),
    sentence:
      /^error: PostgreSQL at \S+:\d+ (does not let the user "mortise_nobody" in: .*|refuses the password of the user "mortise_nobody")\.$/,
  },
  mysql: {
    change: (url) => Object.assign(url, { password: "sesame" }),
    sentence: /^error: The server at \S+:\d+ refuses the user "\w+": look at user and password, .*\.$/,
  },
};

const lines = ["migrate", "migrate:status", "migrate:generate more"];

describe.for(sqlEngines.filter(({ url, isThere }) => url !== undefined && isThere))("on $title", (engine) => {
  test("a refused user is told by name and server, and never the password", async () => {
    const { project, database } = await begin(engine);
    const { change, sentence } = refused[engine.driver === "postgres" ? "postgres" : "mysql"];
    project.write(".env", environmentWith(engine, database, change));
    for (const line of lines) {
      const { code, stdout, stderr } = await project.run(...line.split(" "));
      expect({ line, code, stdout }).toEqual({ line, code: 1, stdout: "" });
      expect(stderr.trim()).toMatch(sentence);
      expect(stderr).not.toContain("sesame");
    }
    expect(readdirSync(join(project.folder, "migrations"))).toEqual(["20260101000000_a.sql"]);
    const { tables } = await look(engine, database, (schema) => schema.inspect({ namespaces: [] }));
    expect(tables).toEqual([]);
  });
});
