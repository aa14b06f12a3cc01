import type { Columns, OutOf } from "../model/column.ts";
import type { Refusal } from "./documents.ts";

/** A path into a column of documents: the column, then names of fields. */
export type DottedPath = `${string}.${string}`;

/**
 * What a value at a path is compared with: its scalars, and `null` for what is null or missing.
 *
 * Before: `{ meta: Column<{ author?: { name: string } } | null, …> }`, `"meta.author.name"`. After: `string | null`.
 */
export type PathValue<C extends Columns, P> = P extends `${infer Name}.${infer Rest}`
  ? Name extends keyof C
    ? ValueAt<OutOf<C[Name]>, Rest>
    : NoPath
  : NoPath;
type NoPath = Refusal<"No column of documents has this path.">;

/** A document of any form has any path. */
type ValueAt<T, P> = unknown extends T ? Scalar | null : ValueIn<NonNullable<T>, P>;
type ValueIn<T, P> = T extends NoDocument
  ? NoPath
  : P extends `${infer Name}.${infer Rest}`
    ? Name extends keyof T
      ? ValueAt<T[Name], Rest>
      : NoPath
    : P extends keyof T
      ? Extract<T[P], Scalar> | null
      : NoPath;
type Scalar = string | number | boolean;
/** What has no fields of its own, or is stored as something else. */
type NoDocument = Scalar | bigint | Date | Uint8Array | readonly unknown[];
