import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runValues } from "@mortise/testkit";
import { expect, it } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

const exclusions = {
  'decimal of mode "string" without limits':
    "A decimal has at most 65 digits here, 30 of them behind the point: one without limits has 35 before it.",
};

const zones = ["UTC", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"];

onServers((server) => {
  runValues({ ...targetOn(server), exclusions });

  it("does not look at the time zone of the process", async () => {
    const script = fileURLToPath(new URL("zone-digest.fixture.ts", import.meta.url));
    const digests = new Set<string>();
    for (const zone of zones) {
      const { stdout } = await promisify(execFile)(process.execPath, [script, server.url], {
        env: { ...process.env, TZ: zone },
      });
      digests.add(stdout);
    }
    expect(digests.size).toBe(1);
  });
});
