import {
  columnOf,
  modelOf,
  relationOf,
  type Clause,
  type Command,
  type Condition,
  type LoadSpec,
  type ModelSpec,
  type QuerySpec,
  type RelatedSpec,
} from "./program.ts";

/** What a command makes use of, each as `operator kind` or `call`: `< decimal`, `order json`, `whereHas manyToMany`. */
export function featuresOf(models: readonly ModelSpec[], command: Command): ReadonlySet<string> {
  const found = new Set<string>();
  addCommand({ models, found }, command);
  return found;
}

interface Notes {
  readonly models: readonly ModelSpec[];
  readonly found: Set<string>;
}

function addCommand(notes: Notes, command: Command): void {
  switch (command.do) {
    case "transaction":
      notes.found.add(command.rollBack ? "transaction rolled back" : "transaction");
      for (const one of command.commands) {
        addCommand(notes, one);
        if (one.do === "rows" && one.how === "stream") notes.found.add("stream in a transaction");
      }
      return;
    case "group":
      addGroup(notes, command);
      return;
    case "insert":
    case "upsert":
    case "firstOrCreate":
    case "updateOrCreate":
      notes.found.add(command.do);
      // The values then have the key, which the row that is found may get.
      if (command.do === "updateOrCreate" && !Object.hasOwn(command.search, "id")) notes.found.add("set key");
      return;
    case "aggregate":
    case "pluck":
    case "increment": {
      const model = modelOf(notes.models, command.query.model);
      const what = command.do === "aggregate" ? command.does : command.do;
      notes.found.add(command.column === undefined ? what : `${what} ${columnOf(model, command.column).kind}`);
      break;
    }
    case "update":
      for (const name of Object.keys(command.values)) {
        notes.found.add(`set ${columnOf(modelOf(notes.models, command.query.model), name).kind}`);
      }
      break;
    case "rows":
    case "remove":
      notes.found.add(command.how);
      break;
    case "page":
      notes.found.add(command.counted ? "paginate" : "simplePaginate");
      break;
    case "find":
    case "exists":
    case "cursor":
      notes.found.add(command.do);
  }
  addQuery(notes, command.query, command.do === "cursor" ? "cursor order" : "order");
}

function addGroup(notes: Notes, { group }: Extract<Command, { do: "group" }>): void {
  const model = modelOf(notes.models, group.model);
  addRelated(notes, model, group);
  const kindOf = (name: string) => {
    const computed = group.aggregates.find(({ as }) => as === name);
    if (computed === undefined) return columnOf(model, name).kind;
    return computed.column === undefined ? "count" : `${computed.does} ${columnOf(model, computed.column).kind}`;
  };
  for (const name of group.by) notes.found.add(`groupBy ${kindOf(name)}`);
  for (const { as } of group.aggregates) notes.found.add(`select ${kindOf(as)}`);
  for (const { name } of group.having) notes.found.add(`having ${kindOf(name)}`);
  for (const { column } of group.order) notes.found.add(`order ${kindOf(column)}`);
}

function addQuery(notes: Notes, query: QuerySpec, order: string): void {
  const model = modelOf(notes.models, query.model);
  addRelated(notes, model, query);
  for (const { column } of query.order) {
    const extra = query.extras.find(({ as }) => as === column);
    notes.found.add(`${order} ${extra === undefined ? columnOf(model, column).kind : extra.does}`);
  }
  if (query.limit !== undefined) notes.found.add("limit");
  if (query.offset !== undefined) notes.found.add("offset");
  if (query.distinct) for (const name of query.select ?? []) notes.found.add(`distinct ${columnOf(model, name).kind}`);
  for (const extra of query.extras) {
    const relation = relationOf(model, extra.relation);
    const target = modelOf(notes.models, relation.target);
    const kind = extra.column === undefined ? relation.kind : columnOf(target, extra.column).kind;
    notes.found.add(`with ${extra.does} ${kind}`);
    addRelated(notes, target, extra);
  }
  addLoads(notes, model, query.loads);
}

function addLoads(notes: Notes, model: ModelSpec, loads: readonly LoadSpec[]): void {
  for (const load of loads) {
    const relation = relationOf(model, load.relation);
    const target = modelOf(notes.models, relation.target);
    notes.found.add(`load ${relation.kind}`);
    if (load.limit !== undefined) notes.found.add(`limit per parent ${relation.kind}`);
    addRelated(notes, target, load);
    addLoads(notes, target, load.loads);
  }
}

function addRelated(notes: Notes, model: ModelSpec, { where, trashed }: RelatedSpec): void {
  if (model.softDelete !== undefined && trashed !== "without") notes.found.add(`trashed ${trashed}`);
  addClauses(notes, model, where);
}

function addClauses(notes: Notes, model: ModelSpec, clauses: readonly Clause[]): void {
  for (const { connector, negated, condition } of clauses) {
    if (connector === "or") notes.found.add("or");
    if (negated) notes.found.add("not");
    addCondition(notes, model, condition);
  }
}

function addCondition(notes: Notes, model: ModelSpec, condition: Condition): void {
  const not = "negated" in condition && condition.negated ? "not " : "";
  const add = (what: string, column: string) => notes.found.add(`${not}${what} ${columnOf(model, column).kind}`);
  switch (condition.is) {
    case "compare":
      add(condition.value === null ? `${condition.operator} null` : condition.operator, condition.column);
      return;
    case "null":
    case "in":
    case "between":
      add(condition.is, condition.column);
      return;
    case "text":
      add(condition.match, condition.column);
      return;
    case "date":
      add(condition.part, condition.column);
      return;
    case "columns":
      add("column", condition.left);
      return;
    case "inQuery":
      add("in query", condition.column);
      addRelated(notes, modelOf(notes.models, condition.query.model), condition.query);
      return;
    case "exists":
      add("exists", condition.query.outer);
      addRelated(notes, modelOf(notes.models, condition.query.model), condition.query);
      return;
    case "has": {
      const { kind, target } = relationOf(model, condition.relation);
      const { count } = condition;
      notes.found.add(`has ${typeof count === "string" ? count : count.operator} ${kind}`);
      addRelated(notes, modelOf(notes.models, target), condition.of);
      return;
    }
    case "group":
      addClauses(notes, model, condition.clauses);
  }
}

/** How often each feature was used, over many programs. */
export class Coverage {
  programs = 0;
  readonly #counts = new Map<string, number>();
  #rows = 0;
  #commands = 0;

  note(features: ReadonlySet<string>, gaveSomething: boolean): void {
    this.#commands += 1;
    if (gaveSomething) this.#rows += 1;
    for (const feature of features) this.#counts.set(feature, (this.#counts.get(feature) ?? 0) + 1);
  }

  has(feature: string): boolean {
    return this.#counts.has(feature);
  }

  /** `400 programs, 1200 commands, 61 % of them with a result, 312 features: < decimal 31, …`, the rarest first. */
  describe(): string {
    const sorted = [...this.#counts].sort(([, left], [, right]) => left - right);
    const share = Math.round((this.#rows / Math.max(1, this.#commands)) * 100);
    const list = sorted.map(([feature, count]) => `${feature} ${count}`).join(", ");
    return `${this.programs} programs, ${this.#commands} commands, ${share} % of them with a result, ${sorted.length} features: ${list}`;
  }
}
