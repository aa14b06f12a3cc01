import type { Target } from "../values/target.ts";
import { definitionRefusals } from "./definition-refusals.ts";
import { morphRefusals } from "./morph-refusals.ts";
import { queryRefusals } from "./query-refusals.ts";
import { relatedRefusals } from "./related-refusals.ts";
import { schemaRefusals } from "./schema-refusals.ts";
import { transactionRefusals } from "./transaction-refusals.ts";
import { writeRefusals } from "./write-refusals.ts";

/** Everything that must be refused on every engine; an adapter adds its own and then calls `codeTable`. */
export function runRefusals(target: Target): void {
  definitionRefusals();
  schemaRefusals(target);
  morphRefusals();
  queryRefusals(target);
  writeRefusals(target);
  relatedRefusals(target);
  transactionRefusals(target);
}
