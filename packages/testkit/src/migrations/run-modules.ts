import { describe } from "vitest";
import type { Target } from "../values/target.ts";
import { builderCases, refusedCases } from "./builder-cases.ts";
import { columnCases } from "./column-cases.ts";
import { folderCases, wholeCases } from "./folder-cases.ts";
import { brokenCases, orderCases } from "./order-cases.ts";

/** Migrations in TypeScript, on one engine. */
export function runModules(target: Target): void {
  describe(`${target.name} makes migrations in TypeScript`, () => {
    builderCases(target);
    refusedCases(target);
    columnCases(target);
    orderCases(target);
    brokenCases(target);
    folderCases(target);
    wholeCases(target);
  });
}
