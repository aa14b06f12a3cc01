import { InvalidQueryError, InvalidValueError } from "../errors/errors.ts";
import { shown } from "../errors/shown.ts";
import { modelInfo } from "../model/model.ts";
import type { MorphInfo, RelationInfo } from "../model/relation.ts";
import type { Expression } from "../operation/expression.ts";
import { keyValues } from "../runtime/read.ts";
import { joinExpressions, keyText, type Appender, type QueryState } from "./query-state.ts";
import { requireRelation } from "./relation-query.ts";
import { columnNode, placeOfColumn } from "./resolve-column.ts";

/** `whereMorphedTo`: rows that lead to a row, to a model's row with a key, to any row of a model, or nowhere (`null`). */
export function morphedToCondition(
  state: QueryState,
  to: Appender,
  name: unknown,
  target: unknown,
  key: unknown,
): Expression {
  const morph = requireMorph(state, name);
  to.key += `M${keyText(morph.name)}`;
  if (target === null) return leadsNowhere(state, to, morph);
  const branch = requireBranch(state, morph, target);
  const keys = keyOf(branch, target, key);
  to.key += `${keyText(branch.branch ?? "")}${keys === undefined ? "a" : "="}`;
  const stored = branch.constants.map(({ column, value }) => equals(state, to, column, value));
  const pointing = branch.from.map((column, at): Expression => {
    if (keys !== undefined) return equals(state, to, column, keys[at]);
    return { kind: "nullTest", operand: columnNode(branch.source, column, state.alias), negated: true };
  });
  return joinExpressions("and", [...stored, ...pointing]);
}

function requireMorph(state: QueryState, name: unknown): MorphInfo {
  const morph = typeof name === "string" ? state.entry.morphs.get(name) : undefined;
  if (morph !== undefined) return morph;
  const { name: found } = requireRelation(state, name);
  throw new InvalidQueryError(
    `The relation "${found}" of model "${state.entry.info.table}" leads to one model only. Use whereHas, or where with its key.`,
    { model: state.entry.info.table },
  );
}

function leadsNowhere(state: QueryState, to: Appender, { source, typeColumn, branches }: MorphInfo): Expression {
  to.key += "0";
  const columns = typeColumn === undefined ? branches.flatMap(({ from }) => from) : [typeColumn];
  return joinExpressions(
    "and",
    columns.map((column) => ({
      kind: "nullTest",
      operand: columnNode(source, column, state.alias),
      negated: false,
    })),
  );
}

/** The target of a model, or of a row that was read as one. */
function requireBranch(state: QueryState, morph: MorphInfo, target: unknown): RelationInfo {
  const { registry } = state;
  const info = modelInfo(target);
  const found = morph.branches.find((branch) => {
    if (info !== undefined) return branch.target === info;
    const model = registry.byInfo.get(branch.target)?.model;
    return model !== undefined && target instanceof model;
  });
  if (found !== undefined) return found;
  const names = morph.branches.map((branch) => branch.target.table).join(", ");
  throw new InvalidQueryError(
    `whereMorphedTo("${morph.name}") of model "${morph.source.table}" needs a row that was read from one of its targets, ` +
      `or the model and a key, and ${info === undefined ? shown(target) : `model "${info.table}"`} is neither. Targets are: ${names}.`,
    { model: morph.source.table },
  );
}

/** The key of the row that is meant; `undefined` means any row of the model. */
function keyOf({ target, to }: RelationInfo, given: unknown, key: unknown): readonly unknown[] | undefined {
  if (modelInfo(given) !== undefined) return key === undefined ? undefined : keyValues(target, to, key);
  if (typeof given !== "object" || given === null) return undefined;
  const row = given;
  const missing = to.find(({ property }) => !Object.hasOwn(row, property));
  if (missing === undefined) return to.map(({ property }): unknown => Reflect.get(row, property));
  throw new InvalidValueError(
    `The row of model "${target.table}" was read without "${missing.property}", so that nobody can tell which it is. Select it too.`,
    { model: target.table, column: missing.property },
  );
}

function equals(state: QueryState, to: Appender, column: RelationInfo["from"][number], value: unknown): Expression {
  const { info } = state.entry;
  const right: Expression = { kind: "parameter", slot: to.slot(value), place: placeOfColumn(info, column) };
  return { kind: "comparison", left: columnNode(info, column, state.alias), operator: "=", right };
}
