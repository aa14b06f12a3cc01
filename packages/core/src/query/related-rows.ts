import type { MorphInfo, RelationInfo } from "../model/relation.ts";
import { entryOfRow, isLed, keyValue } from "../runtime/parent-row.ts";
import type { Session } from "../runtime/session.ts";
import { readerOn } from "./query-builder.ts";
import { RelatedBuilder } from "./related-builder.ts";
import { requireRelation } from "./relation-query.ts";

/** `db.related`: the query of one row's related rows. */
export function relatedRows(session: Session, row: unknown, name: unknown): RelatedBuilder {
  const { core } = session;
  const entry = entryOfRow(core.registry, row, "db.related");
  const source = core.stateOf(entry);
  const morph = typeof name === "string" ? entry.morphs.get(name) : undefined;
  const own = Object(row);
  const relation = morph === undefined ? requireRelation(source, name) : branchOf(morph, own);
  return new RelatedBuilder({ reader: readerOn(noticing(session, own, relation)), row: own, relation, morph, source });
}

/** The session, whose reads of one row's relation are watched where that was asked for. */
function noticing(session: Session, row: object, { name, source }: RelationInfo): Session {
  const { guard } = session.core;
  if (guard === undefined) return session;
  return session.noticing((plan) =>
    guard.notice({ row, shape: plan, model: source.table, relation: name }, session.transaction),
  );
}

/** The target that a row of a `morphTo` leads to; where it leads nowhere, the first, which gives no rows. */
function branchOf({ branches }: MorphInfo, row: object): RelationInfo {
  const leading = branches.find(
    (branch) =>
      isLed(branch, row) && branch.from.every((column) => keyValue(branch, row, column, "db.related") !== null),
  );
  return leading ?? branches[0]!;
}
