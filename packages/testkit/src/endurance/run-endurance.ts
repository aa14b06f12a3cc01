import { describe } from "vitest";
import { bank } from "./bank.ts";
import { conflicts } from "./conflicts.ts";
import { failingTransactions } from "./failing-transactions.ts";
import { poolOfOne } from "./pool-of-one.ts";
import { sameKey } from "./same-key.ts";
import { stopping } from "./stopping.ts";
import type { EnduranceTarget } from "./target.ts";
import { volume } from "./volume.ts";

/** Everything that takes long or breaks what it runs on. How long is told in `effort.ts`. */
export function runEndurance(target: EnduranceTarget): void {
  const { server } = target;
  describe("endurance", () => {
    failingTransactions(target);
    bank(target);
    sameKey(target);
    volume(target);
    poolOfOne(target);
    if (server === undefined) return;
    conflicts(target);
    stopping(target, server);
  });
}
