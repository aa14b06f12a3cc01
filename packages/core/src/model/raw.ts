import { InvalidQueryError } from "../errors/errors.ts";

/** A fragment of the engine's own language with its values beside it. Recognised by a private brand, never by its shape. */
export class RawExpression {
  /** Set on our own instances only, and read by nothing but its presence. */
  // oxlint-disable-next-line eslint/no-unused-private-class-members -- `#brand in value` is its use
  readonly #brand: undefined;
  readonly text: string;
  readonly bindings: readonly unknown[];

  constructor(text: string, bindings: readonly unknown[]) {
    if (typeof text !== "string") throw new InvalidQueryError("raw() needs a text.");
    if (!Array.isArray(bindings)) throw new InvalidQueryError("raw() needs its bindings as a list.");
    this.text = text;
    this.bindings = Object.freeze([...bindings]);
    Object.freeze(this);
  }

  /** Whether a value was made by `raw`; JSON that looks like one was not. */
  static is(value: unknown): value is RawExpression {
    return typeof value === "object" && value !== null && #brand in value;
  }
}

/**
 * A fragment in the engine's own language, with `?` for each binding: `raw("lower(?)", [name])`.
 *
 * The text is sent as it stands: never build it from user input. A `?` inside quotes or comments is not a placeholder;
 * write `\\?` for an operator that contains one.
 */
export function raw(text: string, bindings: readonly unknown[] = []): RawExpression {
  return new RawExpression(text, bindings);
}
