import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runEndurance } from "@mortise/testkit";
import { afterAll } from "vitest";
import { sqlite } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "mortise-"));
afterAll(() => rmSync(folder, { recursive: true }));

// One connection writes, whatever the pool of another engine would hold.
runEndurance({ adapter: () => sqlite({ filename: join(folder, "endurance.db") }) });
