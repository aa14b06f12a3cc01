/**
 * The neutral form of a case: a schema, its rows and what is asked of them. Plain data without anything of the library in it, so
 * that a runner per engine and the evaluator read the same program and share nothing else.
 */
export interface Program extends Round {
  readonly models: readonly ModelSpec[];
}

/** What is stored and asked, once the tables are there. */
export interface Round {
  readonly rows: Readonly<Record<string, readonly RowSpec[]>>;
  readonly commands: readonly Command[];
}

/** Programs on one schema, run one after the other on the same tables, emptied in between. */
export interface Batch {
  readonly models: readonly ModelSpec[];
  readonly rounds: readonly Round[];
}

export const kinds = [
  "integer",
  "bigInteger",
  "double",
  "decimal",
  "string",
  "text",
  "boolean",
  "datetime",
  "date",
  "uuid",
  "enum",
  "json",
] as const;
/** What a column holds, of the kinds that every engine has. */
export type Kind = (typeof kinds)[number];

/**
 * A value: instants are milliseconds since 1970, documents JSON text, decimals text, big integers `bigint`; the rest stands for itself.
 */
export type Value = null | number | bigint | string | boolean;
export type RowSpec = Readonly<Record<string, Value>>;

export interface ColumnSpec {
  readonly name: string;
  readonly kind: Kind;
  readonly nullable: boolean;
  /** Digits behind the point of a decimal. */
  readonly scale: number;
  /** The few values that rows and conditions draw from. An enum has no others. */
  readonly pool: readonly Value[];
}

export interface ModelSpec {
  readonly name: string;
  /** The first is the primary key, `id`. */
  readonly columns: readonly ColumnSpec[];
  /** Unique keys beside the primary key. */
  readonly uniques: readonly (readonly string[])[];
  /** The column that hides rows where it is not null. */
  readonly softDelete: string | undefined;
  readonly relations: readonly RelationSpec[];
}

export interface RelationSpec {
  readonly name: string;
  readonly kind: RelationKind;
  readonly target: string;
  /** The column of the source and that of the target which must be equal, or equal to the two of the pivot. */
  readonly from: string;
  readonly to: string;
  /** The model between, if there is one. */
  readonly pivot: { readonly model: string; readonly left: string; readonly right: string } | undefined;
  /** The column that holds a stored type, of the model between or else of the target. */
  readonly constant: { readonly column: string; readonly value: string } | undefined;
}

export const toMany = ["hasMany", "manyToMany", "hasManyThrough", "morphMany", "morphToMany", "morphedByMany"] as const;
const toFirst = ["hasOne", "hasOneThrough", "morphOne"] as const;
export const relationKinds = [...toMany, ...toFirst, "belongsTo"] as const;
export type RelationKind = (typeof relationKinds)[number];

/** Whether a relation gives a list. */
export function isMany({ kind }: RelationSpec): boolean {
  return toMany.some((one) => one === kind);
}

/** Whether a relation gives the first of several rows. */
export function isFirst({ kind }: RelationSpec): boolean {
  return toFirst.some((one) => one === kind);
}

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type TextMatch = "like" | "ilike" | "contains" | "startsWith" | "endsWith";
export type DatePart = "date" | "year" | "month" | "day" | "time";
export type Trashed = "without" | "with" | "only";

/** One call of a filter method. `negated` is `whereNot`. */
export interface Clause {
  readonly connector: "and" | "or";
  readonly negated: boolean;
  readonly condition: Condition;
}

export type Condition =
  | { readonly is: "compare"; readonly column: string; readonly operator: Comparison; readonly value: Value }
  | { readonly is: "null"; readonly column: string; readonly negated: boolean }
  | { readonly is: "in"; readonly column: string; readonly values: readonly Value[]; readonly negated: boolean }
  | { readonly is: "inQuery"; readonly column: string; readonly query: ListedSpec; readonly negated: boolean }
  | {
      readonly is: "between";
      readonly column: string;
      readonly low: Value;
      readonly high: Value;
      readonly negated: boolean;
    }
  | {
      readonly is: "text";
      readonly column: string;
      readonly match: TextMatch;
      readonly text: string;
      readonly negated: boolean;
    }
  | { readonly is: "columns"; readonly left: string; readonly operator: Comparison; readonly right: string }
  | {
      readonly is: "date";
      readonly column: string;
      readonly part: DatePart;
      readonly operator: Comparison;
      readonly value: string | number;
    }
  | { readonly is: "has"; readonly relation: string; readonly of: RelatedSpec; readonly count: CountSpec }
  | { readonly is: "exists"; readonly query: CorrelatedSpec; readonly negated: boolean }
  | { readonly is: "group"; readonly clauses: readonly Clause[] };

/** How many related rows there must be: at least one, none, or as many as the operator says. */
export type CountSpec = "some" | "none" | { readonly operator: Comparison; readonly count: number };

/** The rows of one column, as the right side of `in`. */
export interface ListedSpec extends RelatedSpec {
  readonly model: string;
  readonly column: string;
}

/** A query inside `exists` that names a column of the outer row. */
export interface CorrelatedSpec extends RelatedSpec {
  readonly model: string;
  readonly inner: string;
  readonly operator: Comparison;
  readonly outer: string;
}

/** What is asked of related rows. */
export interface RelatedSpec {
  readonly where: readonly Clause[];
  readonly trashed: Trashed;
}

export interface OrderSpec {
  readonly column: string;
  readonly direction: "asc" | "desc";
  readonly nulls: "first" | "last" | undefined;
}

/** A query that gives rows. */
export interface QuerySpec extends RelatedSpec {
  readonly model: string;
  readonly select: readonly string[] | undefined;
  readonly distinct: boolean;
  readonly order: readonly OrderSpec[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly loads: readonly LoadSpec[];
  readonly extras: readonly ExtraSpec[];
}

/** A relation to load. Its order is empty, which leaves the order of the list open, or total. */
export interface LoadSpec extends RelatedSpec {
  readonly relation: string;
  readonly strategy: "separate" | "json" | "lookup" | undefined;
  readonly order: readonly OrderSpec[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
  readonly loads: readonly LoadSpec[];
}

export const aggregates = ["count", "sum", "avg", "min", "max"] as const;
export type Aggregate = (typeof aggregates)[number];

/** `withCount` and its like. */
export interface ExtraSpec extends RelatedSpec {
  readonly does: Aggregate | "exists";
  readonly relation: string;
  readonly column: string | undefined;
  readonly as: string;
}

export interface GroupSpec extends RelatedSpec {
  readonly model: string;
  readonly by: readonly string[];
  readonly aggregates: readonly {
    readonly does: Aggregate;
    readonly column: string | undefined;
    readonly as: string;
  }[];
  readonly having: readonly HavingSpec[];
  readonly order: readonly OrderSpec[];
  readonly limit: number | undefined;
  readonly offset: number | undefined;
}

export interface HavingSpec {
  readonly connector: "and" | "or";
  /** A grouped column, or the name of an aggregate. */
  readonly name: string;
  readonly operator: Comparison;
  readonly value: Exclude<Value, null>;
}

export const rowTerminals = ["many", "plain", "one", "sole", "stream"] as const;

/** One call that is sent to the database. */
export type Command =
  | { readonly do: "rows"; readonly how: (typeof rowTerminals)[number]; readonly query: QuerySpec }
  | { readonly do: "find"; readonly query: QuerySpec; readonly keys: readonly Value[]; readonly many: boolean }
  | {
      readonly do: "aggregate";
      readonly does: Aggregate;
      readonly column: string | undefined;
      readonly query: QuerySpec;
    }
  | { readonly do: "exists"; readonly query: QuerySpec }
  | { readonly do: "pluck"; readonly column: string; readonly query: QuerySpec }
  | { readonly do: "group"; readonly group: GroupSpec }
  | {
      readonly do: "page";
      readonly query: QuerySpec;
      readonly page: number;
      readonly perPage: number;
      readonly counted: boolean;
    }
  | { readonly do: "cursor"; readonly query: QuerySpec; readonly perPage: number }
  | { readonly do: "insert"; readonly model: string; readonly row: RowSpec }
  | {
      readonly do: "upsert";
      readonly model: string;
      readonly row: RowSpec;
      readonly conflict: readonly string[];
      readonly update: readonly string[] | undefined;
    }
  | {
      readonly do: "firstOrCreate" | "updateOrCreate";
      readonly model: string;
      readonly search: RowSpec;
      readonly values: RowSpec;
    }
  | { readonly do: "update"; readonly query: QuerySpec; readonly values: RowSpec; readonly returning: boolean }
  | { readonly do: "increment"; readonly query: QuerySpec; readonly column: string; readonly by: Value }
  | {
      readonly do: "remove";
      readonly how: "delete" | "softDelete" | "restore" | "forceDelete";
      readonly query: QuerySpec;
      readonly returning: boolean;
    }
  | { readonly do: "transaction"; readonly commands: readonly Command[]; readonly rollBack: boolean };

/** What a soft delete writes, so that it is the same in every run. */
export const DELETED_AT = Date.UTC(2024, 5, 1, 12, 30, 15, 250);

export function modelOf(models: readonly ModelSpec[], name: string): ModelSpec {
  return required(
    models.find((model) => model.name === name),
    `The model "${name}" is not part of the program.`,
  );
}

export function columnOf(model: ModelSpec, name: string): ColumnSpec {
  return required(
    model.columns.find((column) => column.name === name),
    `The model "${model.name}" has no column "${name}".`,
  );
}

export function relationOf(model: ModelSpec, name: string): RelationSpec {
  return required(
    model.relations.find((relation) => relation.name === name),
    `The model "${model.name}" has no relation "${name}".`,
  );
}

function required<T>(found: T | undefined, sentence: string): T {
  if (found !== undefined) return found;
  throw new TypeError(sentence);
}
