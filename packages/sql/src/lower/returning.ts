import type { Selection } from "@mortise/core/adapter";
import { ReturningNode } from "kysely";
import type { Lowering } from "./lowering.ts";
import { lowerSelection } from "./selection.ts";

/** `returning` knows one table only, whose columns therefore stand by their own names. */
export function lowerReturning(
  selections: readonly Selection[],
  alias: string,
  lowering: Lowering,
): ReturningNode | undefined {
  if (selections.length === 0) return undefined;
  const within = { ...lowering, bare: alias };
  return ReturningNode.create(selections.map((selection) => lowerSelection(selection, within)));
}
