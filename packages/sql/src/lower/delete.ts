import type { DeleteStatement } from "@mortise/core/adapter";
import { DeleteQueryNode, WhereNode } from "kysely";
import type { Lowering } from "./lowering.ts";
import { lowerReturning } from "./returning.ts";
import { lowerWriteCondition } from "./self-reference.ts";
import { lowerSource } from "./source.ts";

export function lowerDelete(statement: DeleteStatement, lowering: Lowering): DeleteQueryNode {
  const { from, where } = statement;
  const returning = lowerReturning(statement.returning, from, [], lowering);
  return {
    ...DeleteQueryNode.create([lowerSource(from, lowering)]),
    ...(where && { where: WhereNode.create(lowerWriteCondition(where, from, lowering)) }),
    ...(returning && { returning }),
  };
}
