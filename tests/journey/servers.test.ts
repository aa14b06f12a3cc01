import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { dropDatabase, environmentOf, look, makeDatabase, onServer, sqlEngines, type Engine } from "./engine.ts";
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

interface Refusal {
  readonly username?: string;
  readonly password: string;
  readonly sentence: RegExp;
}

/** Whom the server refuses, and how the command says so. */
async function refusalOn(engine: Engine, database: string): Promise<Refusal> {
  if (engine.driver !== "postgres") {
    const sentence = /^error: The server at \S+:\d+ refuses the user "\w+": look at user and password, .*\.$/;
    return { password: "sesame", sentence };
  }
  const guest = `mortise_guest_${randomBytes(6).toString("hex")}`;
  await onServer(engine, `create role ${guest} login password 'open'`);
  onTestFinished(() => onServer(engine, `drop role ${guest}`));
  if (await asksForPassword(engine, database, guest)) {
    const sentence = new RegExp(`^error: PostgreSQL at \\S+:\\d+ refuses the password of the user "${guest}"\\.$`);
    return { username: guest, password: "sesame", sentence };
  }
  // A server of tests often trusts whom it knows, whatever the password; then only a stranger is refused.
  const sentence = /^error: PostgreSQL at \S+:\d+ does not let the user "mortise_nobody" in: .*\.$/;
  return { username: "mortise_nobody", password: "sesame", sentence };
}

/** Whether a wrong password keeps somebody out whom the server knows. */
function asksForPassword(engine: Engine, database: string, username: string): Promise<boolean> {
  const url = new URL(engine.url ?? "");
  Object.assign(url, { username, password: "wrong" });
  return look({ ...engine, url: url.href }, database, (schema) => schema.databaseName?.() ?? Promise.resolve("")).then(
    () => false,
    () => true,
  );
}

const lines = ["migrate", "migrate:status", "migrate:generate more"];

describe.for(sqlEngines.filter(({ driver }) => driver !== "sqlite"))("on $title", (engine) => {
  test.skipIf(engine.url === undefined || !engine.isThere)(
    "a refused user is told by name and server, and never the password",
    async () => {
      const { project, database } = await begin(engine);
      const { sentence, ...login } = await refusalOn(engine, database);
      project.write(
        ".env",
        environmentWith(engine, database, (url) => Object.assign(url, login)),
      );
      for (const line of lines) {
        const { code, stdout, stderr } = await project.run(...line.split(" "));
        expect({ line, code, stdout }).toEqual({ line, code: 1, stdout: "" });
        expect(stderr.trim()).toMatch(sentence);
        expect(stderr).not.toContain("sesame");
      }
      expect(readdirSync(join(project.folder, "migrations"))).toEqual(["20260101000000_a.sql"]);
      const { tables } = await look(engine, database, (schema) => schema.inspect({ namespaces: [] }));
      expect(tables).toEqual([]);
    },
  );
});
