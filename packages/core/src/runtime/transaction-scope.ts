import type { Connection } from "../adapter/adapter.ts";
import { TransactionError } from "../errors/errors.ts";

/** A connection that a tool holds for a while, and lends to the queries around which it does so. */
export interface Held {
  /** Whether the tool has begun a transaction on it; else a transaction inside begins one. */
  readonly inTransaction: boolean;
  /** Awaited before each statement. */
  readonly before: (() => Promise<void> | undefined) | undefined;
}

/** A transaction while it runs: its connection, its end, and what waits for the end. */
export class TransactionScope {
  readonly connection: Connection<unknown>;
  readonly parent: TransactionScope | undefined;
  readonly afterCommit: (() => unknown)[] = [];
  readonly afterRollback: (() => unknown)[] = [];
  readonly held: Held | undefined;
  #ended: string | undefined;
  #spoiled: unknown;
  /** Nested transactions of one parent run one after the other, since savepoints nest and do not interleave. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection<unknown>, parent: TransactionScope | undefined, held: Held | undefined) {
    this.connection = connection;
    this.parent = parent;
    this.held = held;
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

  /** The error of a part that could not be taken back alone, so that there is nothing whole to commit. */
  get spoiled(): unknown {
    return this.#spoiled;
  }

  spoil(error: unknown): void {
    this.#spoiled ??= error;
  }

  /** Runs a nested transaction when its elder siblings have ended. */
  queue<T>(body: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(body);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** False where only the connection is held, so that a transaction inside is no savepoint. */
  get isTransaction(): boolean {
    return this.held?.inTransaction ?? true;
  }

  /** What has to be done before a statement is sent, by the tool that holds the connection. */
  before(): Promise<void> | undefined {
    return this.held === undefined ? this.parent?.before() : this.held.before?.();
  }

  /** Whether this is the other one or a savepoint inside it. */
  isWithin(other: TransactionScope): boolean {
    return this === other || this.parent?.isWithin(other) === true;
  }

  get depth(): number {
    return this.parent === undefined ? 0 : this.parent.depth + 1;
  }
}
