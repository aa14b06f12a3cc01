import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { openBlog } from "../../docs/blog.ts";
import { cliPage } from "../../docs/cli.ts";
import { enginesPage } from "../../docs/engines.ts";
import { errorsPage } from "../../docs/errors.ts";
import { examplesIn, moduleOf, withSql, type Example } from "./example.ts";

/** `UPDATE_DOCS=1` writes the SQL that the examples run into the pages instead of comparing it. */
const update = process.env["UPDATE_DOCS"] === "1";
const root = fileURLToPath(new URL("../..", import.meta.url));
const generated = new URL(".generated/", import.meta.url);
const pages = ["README.md", ...globSync("docs/*.md", { cwd: root })].toSorted().map((page) => {
  const text = readFileSync(root + page, "utf8");
  return { page, text, examples: examplesIn(page, text) };
});

function fileOf({ place }: Example): URL {
  return new URL(`${place.replaceAll(/\W/g, "-")}.ts`, generated);
}

describe("the examples of the pages", () => {
  beforeAll(() => {
    vi.spyOn(console, "log").mockReturnValue();
    rmSync(generated, { recursive: true, force: true });
    mkdirSync(generated);
    for (const example of pages.flatMap(({ examples }) => examples)) writeFileSync(fileOf(example), moduleOf(example));
    const tsconfig = { extends: "../../../tsconfig.json", include: ["*.ts"] };
    writeFileSync(new URL("tsconfig.json", generated), JSON.stringify(tsconfig));
  });

  test("compile", () => {
    const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")));
    const command = [compiler, "-p", fileURLToPath(generated)];
    const { stdout, error } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
    expect(error).toBe(undefined);
    expect(stdout.split("\n").filter((line) => line.startsWith("tests/docs/.generated/"))).toEqual([]);
  }, 60_000);

  test.for(pages.filter(({ examples }) => examples.length > 0))("of $page run", async ({ page, text, examples }) => {
    const ran: string[][] = [];
    for (const example of examples) ran.push(await run(example));
    const shown = withSql(text, ran);
    if (update) writeFileSync(root + page, shown);
    expect(readFileSync(root + page, "utf8")).toBe(shown);
  });
});

/** Runs an example and gives its SQL. */
async function run(example: Example): Promise<string[]> {
  const statements: string[] = [];
  const loaded: { example?: (db: Awaited<ReturnType<typeof openBlog>>) => Promise<void> } = await import(
    fileOf(example).href
  );
  if (loaded.example === undefined) return statements;
  const db = await openBlog({ logParameters: true });
  db.on("query", ({ sql }) => void statements.push(sql));
  try {
    await loaded.example(db);
  } catch (cause) {
    throw new Error(`The example at ${example.place} fails.`, { cause });
  } finally {
    await db.close();
  }
  return statements;
}

test.for([
  ["errors", errorsPage],
  ["engines", enginesPage],
  ["cli", cliPage],
] as const)("docs/%s.md is what its data says", ([name, made]) => {
  const page = new URL(`../../docs/${name}.md`, import.meta.url);
  if (update) writeFileSync(page, made());
  expect(readFileSync(page, "utf8")).toBe(made());
});
