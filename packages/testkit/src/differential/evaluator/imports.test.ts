import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** What the evaluator shares with the library, a fault of the library would be in, too. */
test("the evaluator knows the program format and itself, nothing of the library", async () => {
  const names = await readdir(import.meta.dirname);
  const sources = names.filter((name) => !name.endsWith(".test.ts"));
  expect(sources).toContain("evaluate.ts");
  for (const name of sources) {
    const text = await readFile(new URL(name, import.meta.url), "utf8");
    const imported = [...text.matchAll(/\bfrom "([^"]+)"/g)].map(([, path]) => path);
    const foreign = imported.filter((path) => path !== "../program.ts" && !/^\.\/[a-z-]+\.ts$/.test(path ?? ""));
    expect({ name, foreign }).toEqual({ name, foreign: [] });
  }
});
