import { InvalidQueryError } from "../errors/errors.ts";
import type { ListChange } from "../operation/expression.ts";

/** A change of what a column holds, in place of a value of an update. Recognised by a private brand, never by its shape. */
export class ColumnChange<Kind extends ListChange | "inc" = ListChange | "inc", Value = unknown> {
  /** Set on our own instances only, and read by nothing but its presence. */
  // oxlint-disable-next-line eslint/no-unused-private-class-members -- `#brand in value` is its use
  readonly #brand: undefined;
  readonly kind: Kind;
  /** The entries of a list, or the one number to add. */
  readonly values: readonly Value[];

  constructor(kind: Kind, values: readonly Value[]) {
    this.kind = kind;
    this.values = Object.freeze([...values]);
    Object.freeze(this);
  }

  /** Whether a value is a change that was made on purpose; JSON that looks like one was not. */
  static is(value: unknown): value is ColumnChange {
    return typeof value === "object" && value !== null && #brand in value;
  }

  /** A change is no value: wherever it would be stored as one, it is refused. */
  toJSON(): never {
    throw new InvalidQueryError(`${this.kind}(…) changes a column of rows that are there: it is for update alone.`);
  }
}
