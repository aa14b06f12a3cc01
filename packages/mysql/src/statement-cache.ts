import { nothingWritten } from "./protocol/answer.ts";
import { ExecuteCommand, type OnExecuted, type RowSink } from "./protocol/execute-command.ts";
import { executeMessage } from "./protocol/execute-message.ts";
import type { Message } from "./protocol/message.ts";
import { CloseCommand, PrepareCommand, type Prepared } from "./protocol/prepare-command.ts";
import type { Wire } from "./protocol/wire.ts";

const capacity = 500;

/** The prepared statements of one connection by their text; the one that was not used for the longest time goes first. */
export class StatementCache {
  readonly #wire: Wire;
  readonly #statements = new Map<string, Prepared>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Runs a statement, which the server is asked to prepare if it does not have it. */
  execute(sql: string, values: readonly unknown[], rows: RowSink, done: OnExecuted): void {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return this.#run(known, values, rows, done);
    }
    const prepared = (cause: unknown, statement: Prepared | undefined): void => {
      if (statement === undefined) done(cause, undefined, nothingWritten);
      else this.#run(this.#kept(sql, statement), values, rows, done);
    };
    this.#wire.addCommand(new PrepareCommand(sql, prepared));
  }

  #run(statement: Prepared, values: readonly unknown[], rows: RowSink, done: OnExecuted): void {
    let message: Message;
    try {
      message = executeMessage(statement.id, values, statement.parameters);
    } catch (error) {
      return done(error, undefined, nothingWritten);
    }
    this.#wire.addCommand(new ExecuteCommand(statement, message, rows, done));
  }

  /** The statement of a text from now on: another that was prepared meanwhile stays. */
  #kept(sql: string, statement: Prepared): Prepared {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#close(statement);
      return known;
    }
    if (this.#statements.size >= capacity) this.#dropOldest();
    this.#statements.set(sql, statement);
    return statement;
  }

  #dropOldest(): void {
    for (const [sql, oldest] of this.#statements) {
      this.#statements.delete(sql);
      return this.#close(oldest);
    }
  }

  #close({ id }: Prepared): void {
    this.#wire.addCommand(new CloseCommand(id));
  }
}
