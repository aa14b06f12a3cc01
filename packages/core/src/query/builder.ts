import { MortiseError } from "../errors/mortise-error.ts";
import type { QueryState } from "./query-state.ts";

type Mode = "immutable" | "draft" | "dead";

/**
 * What every builder shares: outside callbacks a method gives a new builder, inside them (a draft) it changes this one.
 */
export abstract class Builder {
  #state: QueryState;
  #mode: Mode;

  constructor(state: QueryState, draft = false) {
    this.#state = state;
    this.#mode = draft ? "draft" : "immutable";
  }

  /** What was said so far. A draft whose callback has returned is dead. */
  get state(): QueryState {
    this.#requireAlive();
    return this.#state;
  }

  #requireAlive(): void {
    if (this.#mode === "dead") {
      throw new MortiseError(
        `The query of model "${this.#state.entry.info.table}" was used after the callback that it was handed to. ` +
          "Build inside the callback, or start a query of your own with db.from.",
        { code: "STALE_DRAFT", model: this.#state.entry.info.table },
      );
    }
  }

  /** A builder of the same kind with another state. */
  protected abstract derive(state: QueryState): this;

  protected next(state: QueryState): this {
    if (this.#mode === "immutable") return this.derive(state);
    this.#requireAlive();
    this.#state = state;
    return this;
  }

  /** Ends a draft and gives what it came to. */
  finish(): QueryState {
    const state = this.state;
    this.#mode = "dead";
    return state;
  }

  get isDraft(): boolean {
    return this.#mode !== "immutable";
  }
}
