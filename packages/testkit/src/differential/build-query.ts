import { givenValue } from "./build-schema.ts";
import { call, type LooseDatabase, type LooseQuery } from "./loose-query.ts";
import {
  columnOf,
  modelOf,
  relationOf,
  type Aggregate,
  type Clause,
  type Condition,
  type DatePart,
  type ExtraSpec,
  type GroupSpec,
  type LoadSpec,
  type ModelSpec,
  type OrderSpec,
  type QuerySpec,
  type RelatedSpec,
  type TextMatch,
  type Trashed,
} from "./program.ts";

/** What builds queries: the models of the program beside those of the library. */
export interface Workshop {
  readonly db: LooseDatabase;
  readonly specs: readonly ModelSpec[];
  readonly models: ReadonlyMap<string, object>;
}

export function from({ db, models }: Workshop, name: string): LooseQuery {
  const model = models.get(name);
  if (model === undefined) throw new TypeError(`The program has no model "${name}".`);
  return db.from(model);
}

/** A query as a caller would write it. */
export function buildQuery(shop: Workshop, spec: QuerySpec): LooseQuery {
  const model = modelOf(shop.specs, spec.model);
  let query = related(shop, model, from(shop, spec.model), spec);
  if (spec.select !== undefined) query = query.select(...spec.select);
  if (spec.distinct) query = query.distinct();
  for (const extra of spec.extras) query = addExtra(shop, model, query, extra);
  query = cut(query, spec);
  return addLoads(shop, model, query, spec.loads);
}

/** Filters and the soft-deleted rows that are wanted, which queries of relations have, too. */
export function related(shop: Workshop, model: ModelSpec, query: LooseQuery, spec: RelatedSpec): LooseQuery {
  return addClauses(shop, model, showTrashed(query, spec.trashed), spec.where);
}

export function cut(query: LooseQuery, spec: Pick<QuerySpec, "order" | "limit" | "offset">): LooseQuery {
  let built = query;
  for (const one of spec.order) built = built.orderBy(one.column, one.direction, orderOptions(one));
  if (spec.limit !== undefined) built = built.limit(spec.limit);
  if (spec.offset !== undefined) built = built.offset(spec.offset);
  return built;
}

function orderOptions({ nulls }: OrderSpec): object {
  return nulls === undefined ? {} : { nulls };
}

function showTrashed(query: LooseQuery, trashed: Trashed): LooseQuery {
  switch (trashed) {
    case "without":
      return query;
    case "with":
      return query.withTrashed();
    case "only":
      return query.onlyTrashed();
  }
}

function addLoads(shop: Workshop, model: ModelSpec, query: LooseQuery, loads: readonly LoadSpec[]): LooseQuery {
  let built = query;
  for (const load of loads) {
    const target = modelOf(shop.specs, relationOf(model, load.relation).target);
    const build = (inner: LooseQuery) =>
      addLoads(shop, target, cut(related(shop, target, inner, load), load), load.loads);
    built = built.load(load.relation, build, load.strategy === undefined ? {} : { strategy: load.strategy });
  }
  return built;
}

const extraMethods: Readonly<Record<ExtraSpec["does"], string>> = {
  count: "withCount",
  exists: "withExists",
  sum: "withSum",
  avg: "withAvg",
  min: "withMin",
  max: "withMax",
};

function addExtra(shop: Workshop, model: ModelSpec, query: LooseQuery, spec: ExtraSpec): LooseQuery {
  const target = modelOf(shop.specs, relationOf(model, spec.relation).target);
  const build = (inner: LooseQuery) => related(shop, target, inner, spec);
  const column = spec.column === undefined ? [] : [spec.column];
  return call(query, extraMethods[spec.does], spec.relation, ...column, build, { as: spec.as });
}

function addClauses(shop: Workshop, model: ModelSpec, query: LooseQuery, clauses: readonly Clause[]): LooseQuery {
  let built = query;
  for (const { connector, negated, condition } of clauses) {
    if (!negated) built = addCondition(shop, model, built, connector, condition);
    else {
      const inner = (group: LooseQuery) => addCondition(shop, model, group, "and", condition);
      built = connector === "or" ? built.orWhereNot(inner) : built.whereNot(inner);
    }
  }
  return built;
}

const textMethods: Readonly<Record<TextMatch, string>> = {
  like: "Like",
  ilike: "ILike",
  contains: "Contains",
  startsWith: "StartsWith",
  endsWith: "EndsWith",
};
const dateMethods: Readonly<Record<DatePart, string>> = {
  date: "Date",
  year: "Year",
  month: "Month",
  day: "Day",
  time: "Time",
};

function addCondition(
  shop: Workshop,
  model: ModelSpec,
  query: LooseQuery,
  connector: Clause["connector"],
  condition: Condition,
): LooseQuery {
  const where = (name: string, ...given: readonly unknown[]) =>
    call(query, connector === "or" ? `orWhere${name}` : `where${name}`, ...given);
  const value = (column: string, given: Extract<Condition, { is: "compare" }>["value"]) =>
    givenValue(columnOf(model, column).kind, given);
  const not = "negated" in condition && condition.negated ? "Not" : "";
  switch (condition.is) {
    case "compare":
      return where("", condition.column, condition.operator, value(condition.column, condition.value));
    case "null":
      return where(`${not}Null`, condition.column);
    case "in": {
      const values = condition.values.map((one) => value(condition.column, one));
      return where(`${not}In`, condition.column, values);
    }
    case "inQuery": {
      const listed = modelOf(shop.specs, condition.query.model);
      const inner = related(shop, listed, from(shop, listed.name), condition.query).select(condition.query.column);
      return where(`${not}In`, condition.column, inner);
    }
    case "between": {
      const { column, low, high } = condition;
      return where(`${not}Between`, column, [value(column, low), value(column, high)]);
    }
    case "text":
      return addText(query, connector, condition);
    case "columns":
      return where("Column", condition.left, condition.operator, condition.right);
    case "date":
      return where(dateMethods[condition.part], condition.column, condition.operator, condition.value);
    case "has":
      return addHas(shop, model, where, condition);
    case "exists": {
      const { model: name, inner, operator, outer, trashed } = condition.query;
      const other = modelOf(shop.specs, name);
      const filtered = (group: LooseQuery) => addClauses(shop, other, group, condition.query.where);
      const found = showTrashed(from(shop, name), trashed).where(filtered);
      return where(`${not}Exists`, call(found, "whereColumn", inner, operator, `${model.name}.${outer}`));
    }
    case "group":
      return where("", (group: LooseQuery) => addClauses(shop, model, group, condition.clauses));
  }
}

/** Only `like` has a negated method; the others are negated as a group. */
function addText(query: LooseQuery, connector: Clause["connector"], condition: Extract<Condition, { is: "text" }>) {
  const { match, column, text, negated } = condition;
  const prefix = connector === "or" ? "orWhere" : "where";
  if (!negated) return call(query, `${prefix}${textMethods[match]}`, column, text);
  if (match === "like") return call(query, `${prefix}NotLike`, column, text);
  if (match === "ilike") return call(query, prefix, column, "not ilike", text);
  return call(query, `${prefix}Not`, (group: LooseQuery) => call(group, `where${textMethods[match]}`, column, text));
}

function addHas(
  shop: Workshop,
  model: ModelSpec,
  where: (name: string, ...given: readonly unknown[]) => LooseQuery,
  { relation, of, count }: Extract<Condition, { is: "has" }>,
): LooseQuery {
  const target = modelOf(shop.specs, relationOf(model, relation).target);
  const build = (inner: LooseQuery) => related(shop, target, inner, of);
  if (count === "none") return where("DoesntHave", relation, build);
  if (count === "some") return where("Has", relation, build);
  return where("Has", relation, build, count.operator, count.count);
}

const selectMethods: Readonly<Record<Exclude<Aggregate, "count">, string>> = {
  sum: "selectSum",
  avg: "selectAvg",
  min: "selectMin",
  max: "selectMax",
};

/** A query by groups. */
export function buildGroup(shop: Workshop, spec: GroupSpec): LooseQuery {
  const model = modelOf(shop.specs, spec.model);
  let query = related(shop, model, from(shop, spec.model), spec);
  if (spec.by.length > 0) query = query.select(...spec.by).groupBy(...spec.by);
  for (const { does, column, as } of spec.aggregates) {
    query = does === "count" ? query.selectCount(as) : call(query, selectMethods[does], column, as);
  }
  for (const { connector, name, operator, value } of spec.having) {
    const computed = spec.aggregates.find((one) => one.as === name);
    const isCount = computed !== undefined && computed.column === undefined;
    const given = givenValue(isCount ? "integer" : columnOf(model, computed?.column ?? name).kind, value);
    query = connector === "or" ? query.orHaving(name, operator, given) : query.having(name, operator, given);
  }
  return cut(query, spec);
}
