import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlite } from "./index.ts";

/** SQLite as the testkit's cases see it. */
export const target = {
  name: "sqlite",
  open: () => sqlite({ filename: ":memory:" }),
  shared: () => {
    const folder = mkdtempSync(join(tmpdir(), "mortise-"));
    return {
      open: () => sqlite({ filename: join(folder, "shared.db") }),
      remove: () => rmSync(folder, { recursive: true }),
    };
  },
};
