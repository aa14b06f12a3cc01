import { filters } from "./cases/filters.ts";
import type { Suite } from "./suite.ts";

/** Every topic, in the order of the specification. */
export const suites: readonly Suite[] = [filters];
