import { dates } from "./cases/dates.ts";
import { filters } from "./cases/filters.ts";
import { groups } from "./cases/groups.ts";
import { json } from "./cases/json.ts";
import { lists } from "./cases/lists.ts";
import { nullLogic } from "./cases/null-logic.ts";
import { text } from "./cases/text.ts";
import type { Suite } from "./suite.ts";

/** Every topic, in the order of the specification. */
export const suites: readonly Suite[] = [filters, nullLogic, groups, lists, text, json, dates];
