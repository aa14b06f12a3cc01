import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { createAsyncContext } from "./async-context.ts";

it("follows each async call tree on its own", async () => {
  const context = createAsyncContext<string>();
  const read = (value: string) =>
    context.run(value, async () => {
      await setTimeout(1);
      return context.get();
    });
  expect(await Promise.all([read("a"), read("b")])).toEqual(["a", "b"]);
  expect(context.get()).toBeUndefined();
});
