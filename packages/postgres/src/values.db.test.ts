import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runValues } from "@mortise/testkit";
import { expect, it } from "vitest";
import { onServers } from "./servers.fixture.ts";
import { targetOn } from "./target.fixture.ts";

const zones = ["UTC", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"];

onServers((server) => {
  runValues(targetOn(server));

  it("does not look at the time zone of the process", async () => {
    const script = fileURLToPath(new URL("zone-digest.fixture.ts", import.meta.url));
    const digests = new Set<string>();
    for (const zone of zones) {
      const env = { ...process.env, TZ: zone };
      const { stdout } = await promisify(execFile)(process.execPath, [script, server.url], { env });
      digests.add(stdout);
    }
    expect(digests.size).toBe(1);
  });
});
