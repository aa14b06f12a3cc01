import {
  columnOf,
  relationOf,
  type Clause,
  type Comparison,
  type Condition,
  type DatePart,
  type Kind,
  type ModelSpec,
  type RelatedSpec,
  type RelationSpec,
  type Value,
} from "../program.ts";
import { clockOf, dayNumber, dayOf, numberOf, readDay } from "./calendar.ts";
import { compareText, compareValues } from "./compare.ts";
import { matches } from "./pattern.ts";
import { valueOf, type Row, type Store } from "./store.ts";
import { every, not, some, truthOf, type Truth } from "./truth.ts";

/** Filter calls in their order: "and" binds stronger than "or". No call at all is true. */
export function testClauses(store: Store, model: ModelSpec, row: Row, clauses: readonly Clause[]): Truth {
  const alternatives: Truth[][] = [];
  for (const { connector, negated, condition } of clauses) {
    const truth = testCondition(store, model, row, condition);
    const own = negated ? not(truth) : truth;
    const last = alternatives.at(-1);
    if (last === undefined || connector === "or") alternatives.push([own]);
    else last.push(own);
  }
  return alternatives.length === 0 ? "true" : some(alternatives.map(every));
}

/** The rows a filter finds. */
export function filterRows(store: Store, model: ModelSpec, rows: readonly Row[], clauses: readonly Clause[]): Row[] {
  return rows.filter((row) => testClauses(store, model, row, clauses) === "true");
}

function testCondition(store: Store, model: ModelSpec, row: Row, condition: Condition): Truth {
  const kindOf = (column: string) => columnOf(model, column).kind;
  const value = (column: string) => valueOf(row, column);
  switch (condition.is) {
    case "compare":
      return condition.value === null
        ? testNull(value(condition.column), condition.operator !== "=")
        : compare(kindOf(condition.column), value(condition.column), condition.operator, condition.value);
    case "null":
      return testNull(value(condition.column), condition.negated);
    case "in":
      return maybeNot(condition.negated, isIn(kindOf(condition.column), value(condition.column), condition.values));
    case "inQuery": {
      const { query } = condition;
      const listed = store.model(query.model);
      const found = filterRows(store, listed, store.rows(listed, query.trashed), query.where);
      const values = found.map((one) => valueOf(one, query.column));
      // Nothing is known to be in a list because of a null there; `whereNotIn` leaves such nulls aside.
      const sought = condition.negated ? values.filter((one) => one !== null) : values;
      return maybeNot(condition.negated, isIn(kindOf(condition.column), value(condition.column), sought));
    }
    case "between": {
      const kind = kindOf(condition.column);
      const own = value(condition.column);
      const low = compare(kind, own, ">=", condition.low);
      return maybeNot(condition.negated, every([low, compare(kind, own, "<=", condition.high)]));
    }
    case "text": {
      const text = value(condition.column);
      const truth = text === null ? "unknown" : truthOf(matches(condition.match, String(text), condition.text));
      return maybeNot(condition.negated, truth);
    }
    case "columns":
      return compare(kindOf(condition.left), value(condition.left), condition.operator, value(condition.right));
    case "date":
      return testDate(kindOf(condition.column), value(condition.column), condition.part, condition);
    case "has": {
      const relation = relationOf(model, condition.relation);
      return testCount(relatedRows(store, relation, row, condition.of).length, condition.count);
    }
    case "exists": {
      const { model: name, where, trashed, inner, operator, outer } = condition.query;
      const other = store.model(name);
      const found = filterRows(store, other, store.rows(other, trashed), where).some(
        (one) => compare(columnOf(other, inner).kind, valueOf(one, inner), operator, value(outer)) === "true",
      );
      return truthOf(found !== condition.negated);
    }
    case "group":
      return testClauses(store, model, row, condition.clauses);
  }
}

/** The rows that a relation leads to from one row, each as often as a pivot row says so. A null key leads nowhere. */
export function relatedRows(store: Store, relation: RelationSpec, source: Row, { where, trashed }: RelatedSpec): Row[] {
  const target = store.model(relation.target);
  const key = valueOf(source, relation.from);
  const found = filterRows(store, target, store.rows(target, trashed), where);
  const { pivot, constant } = relation;
  const isTyped = (row: Row) => constant === undefined || valueOf(row, constant.column) === constant.value;
  if (pivot === undefined) {
    const typed = found.filter(isTyped);
    return typed.filter((row) => equalKeys(target, relation.to, valueOf(row, relation.to), key));
  }
  const through = store.model(pivot.model);
  const links = store.rows(through, trashed === "without" ? "without" : "with");
  const own = links.filter(isTyped).filter((link) => equalKeys(through, pivot.left, valueOf(link, pivot.left), key));
  return found.flatMap((row) => {
    const id = valueOf(row, relation.to);
    return own.filter((link) => equalKeys(target, relation.to, id, valueOf(link, pivot.right))).map(() => row);
  });
}

function equalKeys(model: ModelSpec, column: string, left: Value, right: Value): boolean {
  return compare(columnOf(model, column).kind, left, "=", right) === "true";
}

function maybeNot(negated: boolean, truth: Truth): Truth {
  return negated ? not(truth) : truth;
}

function testNull(value: Value, negated: boolean): Truth {
  return truthOf((value === null) !== negated);
}

/** A comparison is unknown as soon as one side is null. */
export function compare(kind: Kind, left: Value, operator: Comparison, right: Value): Truth {
  if (left === null || right === null) return "unknown";
  return truthOf(satisfies(operator, compareValues(kind, left, right)));
}

export function satisfies(operator: Comparison, order: number): boolean {
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

/** Equal to one of them. Nothing is in an empty list, not even null. */
function isIn(kind: Kind, value: Value, values: readonly Value[]): Truth {
  return some(values.map((one) => compare(kind, value, "=", one)));
}

function testCount(found: number, count: Extract<Condition, { is: "has" }>["count"]): Truth {
  if (count === "some") return truthOf(found > 0);
  if (count === "none") return truthOf(found === 0);
  return truthOf(satisfies(count.operator, found - count.count));
}

/** A part of the date or the time of day in UTC. A whole day is compared as a day. */
function testDate(
  kind: Kind,
  value: Value,
  part: DatePart,
  asked: { readonly operator: Comparison; readonly value: string | number },
): Truth {
  if (value === null) return "unknown";
  const number = kind === "date" ? numberOf(readDay(String(value))) : dayNumber(Number(value));
  const clock = kind === "date" ? "00:00:00" : clockOf(Number(value));
  const order = () => {
    switch (part) {
      case "date":
        return number - numberOf(readDay(String(asked.value)));
      case "time":
        return compareText(clock, String(asked.value));
      case "year":
      case "month":
      case "day":
        return dayOf(number)[part] - Number(asked.value);
    }
  };
  return truthOf(satisfies(asked.operator, order()));
}
