import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import type { ColumnInfo, ModelInfo } from "../model/model-info.ts";
import type { MorphInfo, RelationInfo } from "../model/relation.ts";
import { relationRole, type RelationRole } from "../model/relation-role.ts";
import { keyValue } from "../runtime/parent-row.ts";
import type { Reader } from "../runtime/reader.ts";
import { keyOf } from "../runtime/row-key.ts";
import { copyData } from "../runtime/write-values.ts";
import type { QueryState } from "./query-state.ts";

/** One row's relation: what a query of `db.related` reads and writes through. */
export interface RelatedScope {
  readonly reader: Reader;
  readonly row: object;
  readonly relation: RelationInfo;
  /** Of a relation to one of several models: all of them. */
  readonly morph: MorphInfo | undefined;
  /** The bare query of the row's model. */
  readonly source: QueryState;
}

const instead: Readonly<Record<RelationRole, string>> = {
  owns: "Its rows point at this one: use insert, update and delete.",
  belongs: "The row itself holds the key: use associate or dissociate, and insert the other row through its own model.",
  lists: "The row itself holds the keys in a list: use insert, attach, detach, sync or toggle.",
  pivot: "A pivot row stands for each pair: use insert, attach, detach, sync, toggle or updatePivot.",
  far: "A model stands between that has a meaning of its own: write through the relations to it and from it.",
};

/** Refuses a write that a relation of this kind has no meaning for. */
export function requireRole({ relation }: RelatedScope, method: string, ...roles: readonly RelationRole[]): void {
  const role = relationRole(relation);
  if (roles.includes(role)) return;
  const { name, source } = relation;
  throw new InvalidQueryError(
    `${method} cannot go through the relation "${name}" of model "${source.table}". ${instead[role]}`,
    {
      model: source.table,
    },
  );
}

/** The columns that tie a related or a pivot row to the scope's row, with their values. */
export function tiedValues(scope: RelatedScope, at: "target" | "through"): ReadonlyMap<ColumnInfo, unknown> {
  const { relation, row } = scope;
  const columns = at === "target" ? relation.to : (relation.through?.left ?? []);
  const tied = new Map<ColumnInfo, unknown>();
  for (const [index, column] of columns.entries()) {
    const own = relation.from[index]!;
    const value = keyValue(relation, row, own, "db.related");
    if (value === null) {
      throw new InvalidValueError(
        `The row of model "${relation.source.table}" has no value for "${own.property}", so that nothing can point at it through "${relation.name}".`,
        { model: relation.source.table, column: own.property },
      );
    }
    tied.set(column, value);
  }
  for (const constant of relation.constants) if (constant.at === at) tied.set(constant.column, constant.value);
  return tied;
}

/** The caller's data with the values that tie it; one that says otherwise is refused. */
export function withTied(
  info: ModelInfo,
  data: unknown,
  tied: ReadonlyMap<ColumnInfo, unknown>,
): Record<string, unknown> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return copyData(info, data);
  const copy: Record<string, unknown> = { ...data };
  for (const [{ property }, value] of tied) {
    const given = copy[property];
    if (given !== undefined && !isSame(given, value)) {
      throw new InvalidValueError(
        `Column "${property}" of model "${info.table}" is set by the relation, and the data says something else. Leave it out.`,
        { model: info.table, column: property },
      );
    }
    copy[property] = value;
  }
  return copy;
}

/** Whether two values are one key to the database. */
export function isSame(one: unknown, other: unknown): boolean {
  return one === other || keyOf([one], [0]) === keyOf([other], [0]);
}
