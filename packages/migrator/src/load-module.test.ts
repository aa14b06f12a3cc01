import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadModule } from "./load-module.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mortise-files-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("types go, imports may name no extension or .js, and enums work", async () => {
  await write("role.ts", 'export enum Role { admin = "admin" }');
  await write("name.ts", 'export const name: string = "Ada";');
  const path = await write(
    "config.ts",
    'import { Role } from "./role";\nimport { name } from "./name.js";\nexport default { role: Role.admin, name };',
  );
  expect((await loadModule(path)).default).toEqual({ role: "admin", name: "Ada" });
});

test("the default export of a compiled CommonJS file is its own", async () => {
  const path = await write(
    "config.cjs",
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = 7;',
  );
  expect((await loadModule(path)).default).toBe(7);
});

test("a file outside of the project finds the migrator that loads it", async () => {
  const path = await write("m.ts", 'import { migrate } from "@mortise/migrator"; export default typeof migrate;');
  expect((await loadModule(path)).default).toBe("function");
});

test("a changed file is loaded again under another version", async () => {
  const path = await write("m.ts", "export default 1;");
  expect((await loadModule(path, "a")).default).toBe(1);
  await write("m.ts", "export default 2;");
  expect((await loadModule(path, "b")).default).toBe(2);
});

test("what cannot be loaded is named", async () => {
  const broken = await write("broken.ts", "export default const;");
  await expect(loadModule(broken)).rejects.toThrow(/^The file ".*broken\.ts" cannot be loaded\. /);
  await expect(loadModule(join(folder, "gone.ts"))).rejects.toThrow(/gone\.ts" cannot be loaded\. Cannot find module/);
});
