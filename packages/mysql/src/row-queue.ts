import type { OnExecuted, RowSink } from "./protocol/execute-command.ts";
import type { RawConnection } from "./raw-connection.ts";

/** How long the rest of a stream may take to come in before it is stopped on the server instead. */
const patience = 20;

/** The rows of a running statement, of which the driver reads no more than somebody takes. */
export class RowQueue {
  /** Settles when the server has no more to say, or the connection is gone. */
  readonly ended: Promise<void>;
  readonly #raw: RawConnection;
  readonly #batch: number;
  #rows: unknown[][] = [];
  #isDone = false;
  #failure: { readonly cause: unknown } | undefined;
  #mode: "batches" | "all" | "none" = "batches";
  #wake: () => void = () => undefined;
  #end: () => void = () => undefined;

  /** `execute` begins the statement. */
  constructor(raw: RawConnection, batch: number, execute: (rows: RowSink, done: OnExecuted) => void) {
    this.#raw = raw;
    this.#batch = batch;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    execute({ push: (row) => this.#push(row) }, (cause) => {
      if (cause === null) this.#finish();
      else this.fail(cause);
    });
  }

  #push(row: unknown[]): void {
    if (this.#mode === "none") return;
    this.#rows.push(row);
    if (this.#rows.length < this.#batch) return;
    if (this.#mode === "batches") this.#raw.pause();
    this.#wake();
  }

  #finish(): void {
    this.#isDone = true;
    this.#end();
    this.#wake();
  }

  /** An error of the statement or of the connection, behind which nothing comes. */
  fail(cause: unknown): void {
    this.#failure ??= { cause };
    this.#finish();
  }

  /** The next rows: a whole batch, or fewer at the end. */
  async take(): Promise<readonly unknown[][]> {
    if (this.#rows.length < this.#batch && !this.#isDone) {
      const waiting = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#raw.resume();
      await waiting;
    }
    if (this.#failure !== undefined) throw this.#failure.cause;
    return this.#rows.splice(0, this.#batch);
  }

  /** Reads everything that is left into memory, so that the connection can run another statement. */
  async spool(): Promise<void> {
    if (this.#isDone) return;
    this.#mode = "all";
    this.#raw.resume();
    await this.ended;
  }

  /** Throws away what comes. True when the end came soon. */
  async discard(): Promise<boolean> {
    this.#mode = "none";
    this.#rows = [];
    if (this.#isDone) return true;
    this.#raw.resume();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), patience);
    });
    const soon = await Promise.race([this.ended.then(() => true), late]);
    clearTimeout(timer);
    return soon;
  }
}
