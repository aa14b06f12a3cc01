import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = globSync(["*.md", "docs/*.md"], { cwd: root, exclude: ["CHANGELOG.md"] }).toSorted();

test.for(pages)("what %s links to and names is there", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) =>
    join(dirname(page), path),
  );
  const named = [...text.matchAll(/`([a-z]+\/[\w./-]+)`/g)].flatMap(([, path = ""]) => (isThere(path) ? [] : [path]));
  expect(linked.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(named).toEqual([]);
});

/** Pages name files from the root, from `packages`, or from the source of core. */
function isThere(path: string): boolean {
  return ["", "packages", "packages/core/src"].some((folder) => existsSync(join(root, folder, path)));
}
