import {
  UnsupportedError,
  type ColumnInfo,
  type Expression,
  type ModelInfo,
  type SelectStatement,
  type Source,
} from "@mortise/core/adapter";
import type { Pipeline, Template } from "../command.ts";
import { fieldOf } from "../field.ts";

/** How the fields of a table in scope are reached: `$` those of the document, `$$v0.` those of an outer one. */
interface Reach {
  readonly prefix: string;
  /** The fields of a query's columns, where the table is one. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

/** A query as stages on a collection. */
export interface SelectPipeline {
  /** `undefined` reads no collection. */
  readonly collection: string | undefined;
  readonly pipeline: Pipeline;
  /** The row of aggregates over nothing, where there is no document to group. */
  readonly empty: readonly unknown[] | undefined;
}

/** The ways to lower what may stand anywhere, so that each file can reach them without loading the others. */
export interface Lowering {
  value(node: Expression, scope: Scope): unknown;
  truth(node: Expression, scope: Scope): unknown;
  falsehood(node: Expression, scope: Scope): unknown;
  select(query: SelectStatement, scope: Scope): SelectPipeline;
  /** The same, the joins in the order in which the query has them. */
  selectAsJoined(query: SelectStatement, scope: Scope): SelectPipeline;
}

/** What a statement of a pipeline can see, and the stages that its subqueries need before the one at work. */
export class Scope {
  readonly tables: ReadonlyMap<string, Reach>;
  /** Stages to put before the next one. */
  readonly pending: Template[] = [];
  readonly depth: number;
  readonly lower: Lowering;
  /** Expressions that stand for fields of grouped documents, by their text. */
  grouped: ((node: Expression) => unknown) | undefined;
  #lookups = 0;

  constructor(lower: Lowering, tables: ReadonlyMap<string, Reach>, depth: number) {
    this.lower = lower;
    this.tables = tables;
    this.depth = depth;
  }

  /** Whether a table's fields stand at the top of the document, where filters and indexes reach them. */
  isRoot(alias: string): boolean {
    return this.grouped === undefined && this.tables.get(alias)?.prefix === "$";
  }

  /** Whether a table's fields stand anywhere in the document. */
  isWithin(alias: string): boolean {
    return this.grouped === undefined && this.tables.get(alias)?.prefix.startsWith("$$") === false;
  }

  column(alias: string, model: ModelInfo, column: ColumnInfo): string {
    const reach = this.#reach(alias);
    const field = reach.names?.get(column.databaseName) ?? fieldOf(model, column);
    return reach.prefix + field;
  }

  name(alias: string, name: string): string {
    const { prefix, names } = this.#reach(alias);
    return prefix + (names?.get(name) ?? name);
  }

  /** The same scope with one more table. */
  with(alias: string, prefix: string, names?: ReadonlyMap<string, string>): Scope {
    return new Scope(this.lower, new Map([...this.tables, [alias, { prefix, names }]]), this.depth);
  }

  /** The scope of a query inside this one, whose document is bound to `v<depth>`. */
  inner(): Scope {
    const outer = [...this.tables].map(([alias, { prefix, names }]) => {
      const moved = prefix.startsWith("$$") ? prefix : `$$v${this.depth}.${prefix.slice(1)}`;
      return [alias, { prefix: moved, names }] as const;
    });
    return new Scope(this.lower, new Map(outer), this.depth + 1);
  }

  /** The variable of a query inside this one. Those of queries around it are seen there, too. */
  bindings(): Template {
    return { [`v${this.depth}`]: "$$ROOT" };
  }

  /** A new field for what a stage puts into the document. */
  newField(): string {
    this.#lookups += 1;
    return `__${this.depth}_${this.#lookups}`;
  }

  #reach(alias: string): Reach {
    const reach = this.tables.get(alias);
    if (reach !== undefined) return reach;
    throw new Error(`The table "${alias}" is not in scope.`);
  }
}

/** Refuses what only SQL has, by name. */
export function refuse(what: string, alternative: string): never {
  throw new UnsupportedError({ capability: what, adapter: "mongodb", alternative });
}

/** The collection of a table that is no query. */
export function collectionOf(source: Source): string {
  switch (source.kind) {
    case "model":
      return source.model.table;
    case "table":
      return source.name;
    case "derived":
    case "none":
      return refuse("A query in place of a table, here", "Use a relation.");
  }
}
