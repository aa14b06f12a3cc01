import { InvalidQueryError } from "../errors/errors.ts";

/** How deep conditions, callbacks and queries nest at most: engines bound it, and so does the stack. */
const deepest = 500;

/** How many callbacks are being run. They are synchronous, so that all of them stand around the one that runs now. */
let open = 0;

/** Runs what builds a query inside another one. */
export function nested<T>(table: string, build: () => T): T {
  requireDepth(table, open + 1);
  open += 1;
  try {
    return build();
  } finally {
    open -= 1;
  }
}

/** The depth itself, or the error that it is too deep. */
export function requireDepth(table: string, depth: number): number {
  if (depth <= deepest) return depth;
  throw new InvalidQueryError(
    `A query of model "${table}" nests deeper than ${deepest} levels. Put conditions side by side, in whereIn or in a loop of where.`,
    { model: table },
  );
}
