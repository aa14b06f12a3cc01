import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProcesses } from "@mortise/testkit";
import { sqlite } from "./index.ts";

runProcesses({
  name: "sqlite",
  script: fileURLToPath(new URL("migrate-process.fixture.ts", import.meta.url)),
  rows: 60_000,
  shared: async () => {
    const folder = mkdtempSync(join(tmpdir(), "mortise-"));
    const place = join(folder, "shared.db");
    return { place, open: () => sqlite({ filename: place }), remove: () => rmSync(folder, { recursive: true }) };
  },
});
