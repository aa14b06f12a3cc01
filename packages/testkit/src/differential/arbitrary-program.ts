import fc from "fast-check";
import { commandsArbitrary, type Abilities } from "./arbitrary-command.ts";
import { rowsArbitrary } from "./arbitrary-rows.ts";
import { schemaArbitrary } from "./arbitrary-schema.ts";
import type { Batch } from "./program.ts";

/** A schema with so many programs at most: rows for it and what is asked of them, which shrink apart from one another. */
export function batchArbitrary(abilities: Abilities, programs: number): fc.Arbitrary<Batch> {
  return schemaArbitrary.chain((models) => {
    const round = fc.record({ rows: rowsArbitrary(models), commands: commandsArbitrary(models, abilities) });
    const rounds = fc.array(round, { minLength: 1, maxLength: programs, size: "max" });
    return fc.record({ models: fc.constant(models), rounds });
  });
}
