import type { Target } from "../values/target.ts";
import { anythingLaws } from "./anything-laws.ts";
import { arcLaws } from "./arc-laws.ts";
import { filterLaws } from "./filter-laws.ts";
import { hostileLaws } from "./hostile-laws.ts";
import { loadLaws } from "./load-laws.ts";
import { pageLaws } from "./page-laws.ts";
import { relationLaws } from "./relation-laws.ts";
import { shapeLaws } from "./shape-laws.ts";
import { sizeLaws } from "./size-laws.ts";
import { writeLaws } from "./write-laws.ts";

/** Every law on one engine. `LAW_RUNS` and `LAW_SEED` are described in `check.ts`. */
export function runLaws(target: Target): void {
  filterLaws(target);
  pageLaws(target);
  writeLaws(target);
  relationLaws(target);
  loadLaws(target);
  arcLaws(target);
  shapeLaws(target);
  hostileLaws(target);
  sizeLaws(target);
  anythingLaws(target);
}
