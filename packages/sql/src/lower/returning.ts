import type { ColumnInfo, Selection, Source } from "@mortise/core/adapter";
import { AliasNode, ColumnNode, IdentifierNode, ReferenceNode, ReturningNode, SelectionNode, TableNode } from "kysely";
import type { Lowering } from "./lowering.ts";
import { lowerSelection } from "./selection.ts";

type Target = Source & { readonly kind: "model" };

/** `returning` knows one table only, whose columns therefore stand by their own names. `written` are the columns that the caller gave. */
export function lowerReturning(
  selections: readonly Selection[],
  target: Target,
  written: readonly ColumnInfo[],
  lowering: Lowering,
): ReturningNode | undefined {
  const within = { ...lowering, bare: target.alias };
  const nodes = selections.map((selection) => lowerSelection(selection, within));
  const counter = movedCounter(target, written, lowering);
  if (counter !== undefined) nodes.push(counter);
  return nodes.length === 0 ? undefined : ReturningNode.create(nodes);
}

/** A trailing result column that nobody reads: it makes the engine count on behind the numbers that the caller gave. */
function movedCounter(
  { model, alias }: Target,
  written: readonly ColumnInfo[],
  { dialect }: Lowering,
): SelectionNode | undefined {
  const counted = written.find(({ definition }) => definition.increment);
  if (dialect.moveCounter === undefined || counted === undefined) return undefined;
  const given = ReferenceNode.create(ColumnNode.create(counted.databaseName), TableNode.create(alias));
  const moved = dialect.moveCounter(given, counted, model);
  return SelectionNode.create(AliasNode.create(moved, IdentifierNode.create("mortise_counter")));
}
