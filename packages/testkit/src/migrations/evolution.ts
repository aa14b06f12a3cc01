import type { AnyDatabase } from "./any-database.ts";
import type { AnySchema } from "@mortise/core";
import type { PushOptions } from "@mortise/migrator";

/** A database on its way from one schema to another and back. */
export interface Evolution {
  readonly name: string;
  readonly before: AnySchema;
  readonly after: AnySchema;
  /** Statements that fill the first schema, in SQL that every engine reads. */
  readonly rows?: readonly string[];
  readonly options?: PushOptions;
  /** What the first way is refused with unless `options` are given. */
  readonly refused?: RegExp;
  /** What must hold of the rows afterwards. */
  readonly holds?: (db: AnyDatabase) => Promise<void>;
  /** Options of the way back beside the drops; `false` where there is none. */
  readonly back?: PushOptions | false;
}
