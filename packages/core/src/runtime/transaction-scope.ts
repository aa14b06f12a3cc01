import type { Connection } from "../adapter/adapter.ts";
import { TransactionError } from "../errors/errors.ts";

/** A transaction while it runs: its connection, its end, and what waits for the end. */
export class TransactionScope {
  readonly connection: Connection<unknown>;
  readonly parent: TransactionScope | undefined;
  readonly afterCommit: (() => unknown)[] = [];
  readonly afterRollback: (() => unknown)[] = [];
  #ended: string | undefined;
  /** Nested transactions of one parent run one after the other, since savepoints nest and do not interleave. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection<unknown>, parent: TransactionScope | undefined) {
    this.connection = connection;
    this.parent = parent;
  }

  /** The scope itself, or the error that it has ended. */
  open(): this {
    if (this.#ended === undefined) return this;
    throw new TransactionError(
      `This transaction was already ${this.#ended}. Start the work inside the callback and await it there.`,
    );
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  end(how: "committed" | "rolled back"): void {
    this.#ended = how;
  }

  /** Runs a nested transaction when its elder siblings have ended. */
  queue<T>(body: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(body);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Whether this is the other one or a savepoint inside it. */
  isWithin(other: TransactionScope): boolean {
    return this === other || this.parent?.isWithin(other) === true;
  }

  get depth(): number {
    return this.parent === undefined ? 0 : this.parent.depth + 1;
  }
}
