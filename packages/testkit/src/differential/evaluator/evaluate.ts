import { columnOf, type Command, type QuerySpec } from "../program.ts";
import { aggregate } from "./aggregate.ts";
import { anyOrder, lengthOf, type Answer, type Listing } from "./answer.ts";
import { sameValue } from "./compare.ts";
import { groupRows } from "./group.ts";
import { wanted } from "./order.ts";
import { presentValue } from "./present.ts";
import { presentCell, select, shown, type Found } from "./select.ts";
import { Refusal, valueOf, type Store } from "./store.ts";
import { findOrCreate, increment, insert, remove, update, upsert } from "./write.ts";

/** What a command must give, by the written meaning of the library. Writes change the store; a refused one does not. */
export function evaluate(store: Store, command: Command): Answer {
  const back = store.mark();
  try {
    return answer(store, command);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    back();
    return { is: "error", code: error.code };
  }
}

function answer(store: Store, command: Command): Answer {
  switch (command.do) {
    case "rows":
      return rows(store, command.how, command.query);
    case "find":
      return find(store, command);
    case "aggregate":
      return { is: "value", value: aggregateOf(store, command) };
    case "exists":
      return { is: "value", value: lengthOf(select(store, command.query)) > 0 };
    case "pluck":
      return pluck(store, command);
    case "group":
      return { is: "list", list: groupRows(store, command.group) };
    case "page":
      return page(store, command);
    case "cursor": {
      const list = shown(store, command.query, select(store, command.query));
      return { is: "pages", perPage: command.perPage, list };
    }
    case "insert":
      return insert(store, command);
    case "upsert":
      return upsert(store, command);
    case "firstOrCreate":
    case "updateOrCreate":
      return findOrCreate(store, command);
    case "update":
      return update(store, command);
    case "increment":
      return increment(store, command);
    case "remove":
      return remove(store, command);
    case "transaction":
      return transaction(store, command);
  }
}

type Of<D extends Command["do"]> = Extract<Command, { readonly do: D }>;

function rows(store: Store, how: Of<"rows">["how"], query: QuerySpec): Answer {
  const list = shown(store, query, select(store, query));
  switch (how) {
    case "many":
    case "plain":
    case "stream":
      return { is: "list", list };
    case "one":
      return { is: "first", list };
    case "sole":
      if (lengthOf(list) > 1) throw new Refusal("MULTIPLE_RECORDS");
      if (lengthOf(list) === 0) throw new Refusal("RECORD_NOT_FOUND");
      return { is: "first", list };
  }
}

function find(store: Store, { query, keys, many }: Of<"find">): Answer {
  const [key] = store.model(query.model).columns;
  if (key === undefined) throw new TypeError("A model has a key.");
  const isAsked = ({ row }: Found) => keys.some((one) => sameValue(key.kind, valueOf(row, key.name), one));
  const { groups, ...cut } = select(store, query);
  const list = shown(store, query, { ...cut, groups: groups.map((group) => group.filter(isAsked)) });
  return { is: many ? "list" : "first", list };
}

/** An aggregate of a column of a distinct query is one of its distinct values. */
function aggregateOf(store: Store, { does, column, query }: Of<"aggregate">): unknown {
  const picked = query.distinct && column !== undefined ? { ...query, select: [column] } : query;
  const found = wanted(select(store, picked)).map(({ row }) => row);
  const spec = column === undefined ? undefined : columnOf(store.model(query.model), column);
  return presentCell(aggregate(does, spec, found));
}

function pluck(store: Store, { column, query }: Of<"pluck">): Answer {
  const spec = columnOf(store.model(query.model), column);
  const { groups, ...cut } = select(store, { ...query, select: [column] });
  const values = groups.map((group) => group.map(({ row }): unknown => presentValue(spec, valueOf(row, column))));
  return { is: "list", list: { ...cut, groups: values } };
}

function page(store: Store, { query, page: number, perPage, counted }: Of<"page">): Answer {
  const whole = shown(store, query, select(store, { ...query, limit: undefined, offset: undefined }));
  const total = lengthOf(whole);
  const start = (number - 1) * perPage;
  const list: Listing = { ...whole, from: start, to: start + perPage };
  const size = lengthOf(list);
  const lastPage = Math.max(1, Math.ceil(total / perPage));
  const few = { perPage, currentPage: number, hasMorePages: start + perPage < total };
  if (!counted) return { is: "page", meta: few, list };
  const meta = {
    ...few,
    total,
    lastPage,
    firstPage: 1,
    from: size === 0 ? null : start + 1,
    to: size === 0 ? null : start + size,
    hasPages: lastPage > 1,
    isEmpty: total === 0,
  };
  return { is: "page", meta, list };
}

/** A refused command ends the transaction with its error; only a transaction inside it may fail alone. */
function transaction(store: Store, { commands, rollBack }: Of<"transaction">): Answer {
  const back = store.mark();
  const answers = commands.map((command) => {
    const found = evaluate(store, command);
    if (found.is === "error" && command.do !== "transaction") throw new Refusal(found.code);
    return found;
  });
  if (rollBack) back();
  return { is: "steps", answers };
}

/** Every row of a table, for a look at the state behind the last command. */
export function tableRows(store: Store, name: string): Answer {
  const query: QuerySpec = { ...wholeTable, model: name };
  return { is: "list", list: anyOrder(wanted(shown(store, query, select(store, query)))) };
}

const wholeTable: Omit<QuerySpec, "model"> = {
  where: [],
  trashed: "with",
  select: undefined,
  distinct: false,
  order: [],
  limit: undefined,
  offset: undefined,
  loads: [],
  extras: [],
};
