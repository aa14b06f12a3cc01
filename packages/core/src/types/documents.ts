import type { ColumnChange } from "../model/column-change.ts";
import type { Columns, InOf } from "../model/column.ts";
import type { RawExpression } from "../model/raw.ts";
import type { ListChange } from "../operation/expression.ts";
import type { Inherited, UpdateOf } from "./row.ts";

declare const DOCUMENTS: unique symbol;

/** Marks the registry of a handle whose engine keeps documents: it runs no text of SQL, and changes lists entry by entry. */
export interface Documents {
  readonly [DOCUMENTS]: true;
}

/**
 * The registry of a handle. A door that takes `db.raw` away tells that the engine keeps documents.
 *
 * Before: `{ users: … }`, `{ raw: never; collection: … }`. After: `{ users: … } & Documents`.
 */
export type RegistryOn<R, Door> = Door extends { readonly raw: never } ? R & Documents : R;

/** What misuse shows in place of a type. */
export interface Refusal<Sentence extends string> {
  readonly refused: Sentence;
}
type NoText = Refusal<"This database runs no SQL text. Say it with where, or in a pipeline: db.aggregate(Model, …).">;
type NoTables = Refusal<"This database joins models, not tables by name.">;
type NotHere = Refusal<"This database has no such thing: see docs/engines.md.">;

/** Text of the caller: `string`, or a sentence where none is run. */
export type TextOf<R> = R extends Documents ? NoText : string;
/** The name of a table that is no model. */
export type TableOf<R> = R extends Documents ? NoTables : string;
/** The query, where the engine can do what only SQL says; a sentence elsewhere. */
export type SqlOnly<R> = R extends Documents ? NotHere : unknown;
/** What may stand in place of a value. */
export type ExpressionOf<R> = R extends Documents ? never : RawExpression;

/**
 * What an update sets: values, and what the engine makes of the stored ones.
 *
 * On documents: `{ tags: Column<string[], …>; views: Column<number, …> }` becomes `{ tags?: string[] | push("a"); views?: number | inc(1) }`.
 */
export type ChangesOf<R, C extends Columns> = R extends Documents ? DocumentChanges<C> : UpdateOf<C, RawExpression>;
type DocumentChanges<C extends Columns> = {
  -readonly [K in keyof C]?: Exclude<InOf<C[K]>, undefined> | ChangeOf<NonNullable<InOf<C[K]>>> | Inherited<K>;
};
/** `string[]` becomes a change of a list of texts, `number` one of a number. */
type ChangeOf<T> = [T] extends [readonly (infer E)[]]
  ? ColumnChange<ListChange, E>
  : [T] extends [number | bigint]
    ? ColumnChange<"inc", number | bigint>
    : never;
