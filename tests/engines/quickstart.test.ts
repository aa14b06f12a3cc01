import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { dropDatabase, engines, makeDatabase, type Engine } from "../journey/engine.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const swap = new URL("swap-database.ts", import.meta.url).href;

/** What the program prints on an engine. */
async function printedOn(engine: Engine): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "mortise-blog-"));
  const name = `mortise_blog_${randomBytes(6).toString("hex")}`;
  await makeDatabase(engine, name);
  onTestFinished(async () => {
    await dropDatabase(engine, name);
    rmSync(folder, { recursive: true });
  });
  const database = engine.url === undefined ? join(folder, "blog.db") : name;
  const env = { ...process.env, BLOG_ENGINE: engine.title, BLOG_DATABASE: database };
  const { stdout } = await run(process.execPath, ["--import", swap, "examples/quickstart/main.ts"], { cwd: root, env });
  return stdout;
}

/** Blocks that show statements: of these, only what was said is the same everywhere. */
const shown = [
  /^(> await push\(db\)\n +\d+ changes), \d+ statements, the first of them:\n[\s\S]*/,
  /^(> which took one statement for each relation, however many rows there are:)\n[\s\S]*/,
  /^(> db\.from\(PostModel\)\.whereHas\(.*)\n[\s\S]*/,
];

/** Everything that the program found out, without the words of the database and without the time of day. */
function results(output: string): string {
  const [, ...blocks] = output.split(/^(?=> |\d\. )/m);
  return blocks
    .map((block) => shown.reduce((text, statements) => text.replace(statements, "$1\n"), block))
    .join("")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");
}

const [first, ...others] = engines;

for (const engine of others) {
  test.skipIf(!engine.isThere)(
    `the quickstart prints the same on ${engine.title} as on ${first?.title}${engine.isThere ? "" : ", which no variable names"}`,
    async () => {
      if (first === undefined) throw new Error("SQLite is always there.");
      const expected = results(await printedOn(first));
      expect(expected).toContain("The first bug, by Grace [hardware]");
      expect(expected).toContain("id 1, created <time>");
      expect(results(await printedOn(engine))).toBe(expected);
    },
    60_000,
  );
}
