import { expect, it } from "vitest";
import { loadDriver } from "./load-driver.ts";

it.each(["20.20.2", "22.17.9", "18.0.0"])("refuses Node %s by a sentence, before anything is loaded", (version) => {
  expect(() => loadDriver(version)).toThrow(
    `@mortise/sqlite needs Node.js 22.18 or newer, and this is ${version}. Please update Node.js.`,
  );
});

it.each(["22.18.0", "24.0.0", process.versions.node])("loads on Node %s", (version) => {
  expect(typeof loadDriver(version)).toBe("function");
});
