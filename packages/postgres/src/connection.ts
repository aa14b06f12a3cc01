import {
  TransactionError,
  type Connection,
  type ExecuteControl,
  type InsertFacts,
  type ModelInfo,
  type QueryResult,
  type TransactionOptions,
} from "@mortise/core/adapter";
import { encodeBinds, type CompiledSql } from "@mortise/sql";
import type { Client } from "pg";
import { cancelBackend } from "./cancel.ts";
import { Exchange, type Field, type Reply } from "./exchange.ts";
import { insertFactsOf, insertFactsQuery } from "./insert-facts.ts";
import type { PgDriver } from "./load-driver.ts";
import { decodeByType } from "./raw-decoder.ts";
import { parameterTypes } from "./raw-parameter.ts";
import { endsSession, isStaleStatement } from "./server-error.ts";
import { StatementCache, type Prepared } from "./statement-cache.ts";
import { limited, watched, type Brake } from "./watch.ts";
import { wireValue } from "./wire-value.ts";
import type { Wire } from "./wire.ts";

/** How long the end of a transaction may take on a connection that may be dead; the server rolls back what it loses. */
const rollbackLimit = 1000;

/** One session on the server. A statement that fails because the session is gone marks it broken, and the pool replaces it. */
export class PgConnection implements Connection<CompiledSql> {
  readonly #client: Client;
  readonly #statements = new StatementCache();
  readonly #brake: Brake;
  readonly #statementLimit: number | undefined;
  #endsAt: number | undefined;
  #lost = false;
  #changed = false;
  #portals = 0;

  constructor(client: Client, driver: PgDriver, statementTimeout: number | undefined) {
    this.#client = client;
    // The server's own time-out comes first; this one is for a server that does not answer at all.
    this.#statementLimit = statementTimeout === undefined ? undefined : statementTimeout + 500;
    this.#brake = { cancel: () => cancelBackend(driver, client), destroy: () => this.destroy() };
    client.on("end", () => (this.#lost = true));
    client.on("error", () => (this.#lost = true));
  }

  /** Not to be used again: gone, in a transaction that nobody ends, or with a session that somebody has set up in his way. */
  get broken(): boolean {
    return this.#lost || this.#changed || this.#client.getTransactionStatus() !== "I";
  }

  execute(compiled: CompiledSql, values: readonly unknown[], control?: ExecuteControl): Promise<QueryResult> {
    const parameters = encodeBinds(compiled.binds, values);
    return this.#guard(() => this.#execute(compiled, parameters), control);
  }

  /** Rows through a portal, which lives in the transaction around it or in one of its own. */
  async *stream(
    compiled: CompiledSql,
    values: readonly unknown[],
    batch: number,
    control?: ExecuteControl,
  ): AsyncGenerator<readonly unknown[][], void> {
    const parameters = encodeBinds(compiled.binds, values);
    const own = this.#client.getTransactionStatus() === "I";
    if (own) await this.#simple("begin", control);
    this.#portals += 1;
    const portal = `mortise_${this.#portals}`;
    let reply: Reply | undefined;
    try {
      reply = await this.#guard(() => this.#run(compiled, parameters, portal, batch), control);
      const fields = reply.fields;
      for (;;) {
        if (reply.rows.length > 0) yield decodedRows(reply.rows, fields, compiled);
        if (reply.tag !== "") break;
        reply = await this.#guard(() => this.#send((wire) => execute(wire, portal, batch)), control);
      }
      if (own) await this.#simple("commit", control);
    } finally {
      if (own) await this.rollback();
      else if (reply?.tag === "" && !this.#lost)
        await this.#send((wire) => closePortal(wire, portal)).catch(() => undefined);
    }
  }

  async begin({ isolation, readOnly, timeout, signal }: TransactionOptions): Promise<void> {
    if (this.#client.getTransactionStatus() !== "I") {
      throw new TransactionError("This connection is in a transaction already.");
    }
    this.#endsAt = timeout === undefined ? undefined : performance.now() + timeout;
    const level = isolation === undefined ? "" : ` isolation level ${isolation}`;
    const control = timeout === undefined && signal === undefined ? undefined : { timeout, signal };
    await this.#simple(`begin${level}${readOnly === true ? " read only" : ""}`, control);
  }

  async insertFacts(model: ModelInfo): Promise<InsertFacts | undefined> {
    return insertFactsOf((await this.#simple(insertFactsQuery(model))).rows);
  }

  async commit(): Promise<void> {
    const limit = this.#endsAt === undefined ? undefined : Math.max(this.#endsAt - performance.now(), 1) + 500;
    const commit = (): Promise<Reply> => this.#simple("commit");
    const { tag } = await (limit === undefined ? commit() : limited(commit, limit, this.#brake));
    if (tag !== "ROLLBACK") return;
    throw new TransactionError(
      "The transaction was rolled back: a statement in it had failed, and PostgreSQL commits nothing after that. " +
        "Put what may fail into a nested transaction.",
    );
  }

  /** Rolling back a connection that is gone or idle has nothing to do. */
  async rollback(): Promise<void> {
    if (this.#lost || this.#client.getTransactionStatus() === "I") return;
    await limited(() => this.#simple("rollback"), rollbackLimit, this.#brake);
  }

  async savepoint(name: string): Promise<void> {
    await this.#simple(`savepoint ${name}`);
  }

  async releaseSavepoint(name: string): Promise<void> {
    await this.#simple(`release savepoint ${name}`);
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    await this.#simple(`rollback to savepoint ${name}`);
  }

  /** Ends the session in order where it can still hear; cuts it otherwise. */
  async close(): Promise<void> {
    if (this.#lost || this.#client.getTransactionStatus() !== "I") return this.destroy();
    this.#lost = true;
    await limited(() => this.#client.end(), rollbackLimit, { ...this.#brake, destroy: () => this.#cut() });
  }

  /** Cuts the connection; what runs on it fails. */
  destroy(): void {
    this.#lost = true;
    this.#cut();
  }

  #cut(): void {
    this.#client.connection.stream.destroy();
  }

  #guard<T>(run: () => Promise<T>, control: ExecuteControl | undefined): Promise<T> {
    const timeout = control?.timeout;
    if (control !== undefined && (timeout !== undefined || this.#statementLimit === undefined)) {
      return watched(run, control, this.#brake);
    }
    if (this.#statementLimit === undefined) return run();
    return watched(run, { signal: control?.signal, timeout: this.#statementLimit }, this.#brake);
  }

  async #execute(compiled: CompiledSql, parameters: readonly unknown[]): Promise<QueryResult> {
    const { rows, tag, fields } = await this.#run(compiled, parameters, "", 0);
    if (setsSession(tag, compiled.sql)) this.#changed = true;
    const affected = affectedOf(tag);
    if (fields === undefined) return { rows, affected };
    const decoded = decodedRows(rows, fields, compiled);
    if (!compiled.namedColumns) return { rows: decoded, affected };
    return { rows: decoded, affected, columns: fields.map((field) => field.name) };
  }

  /** A statement that the server has forgotten is prepared once more, unless its failure has ended a transaction. */
  async #run(compiled: CompiledSql, parameters: readonly unknown[], portal: string, limit: number): Promise<Reply> {
    const outside = this.#client.getTransactionStatus() === "I";
    try {
      return await this.#runOnce(compiled, parameters, portal, limit);
    } catch (error) {
      if (!outside || !isStaleStatement(error)) throw error;
      return this.#runOnce(compiled, parameters, portal, limit);
    }
  }

  async #runOnce(compiled: CompiledSql, parameters: readonly unknown[], portal: string, limit: number): Promise<Reply> {
    const types = parameterTypes(compiled, parameters);
    const { prepared, known } = compiled.reusable
      ? this.#statements.get(compiled.sql, types)
      : once(compiled.sql, types);
    const values = parameters.map(wireValue);
    const described = compiled.namedColumns || (compiled.untyped?.length ?? 0) > 0;
    try {
      return await this.#send((wire) => {
        this.#statements.sendClosed(wire);
        if (!known) wire.parse(prepared);
        wire.bind({ portal, statement: prepared.name, values, valueMapper: (value) => value });
        if (described) wire.describe({ type: "P", name: portal });
        execute(wire, portal, limit);
      });
    } catch (error) {
      if (!known || isStaleStatement(error)) this.#statements.forget(prepared);
      throw error;
    }
  }

  #simple(sql: string, control?: ExecuteControl): Promise<Reply> {
    return this.#guard(() => this.#send((wire) => wire.query(sql)), control);
  }

  async #send(send: (wire: Wire) => void): Promise<Reply> {
    const exchange = new Exchange(send);
    this.#client.query(exchange);
    try {
      return await exchange.reply;
    } catch (error) {
      if (endsSession(error)) this.#lost = true;
      throw error;
    }
  }
}

/** A statement without a name, which the server forgets with the next one. */
function once(text: string, types: readonly number[]): { readonly prepared: Prepared; readonly known: boolean } {
  return { prepared: { name: "", text, types }, known: false };
}

function execute(wire: Wire, portal: string, rows: number): void {
  wire.execute({ portal, rows });
  wire.sync();
}

function closePortal(wire: Wire, name: string): void {
  wire.close({ type: "P", name });
  wire.sync();
}

/** `UPDATE 3`, `INSERT 0 5`: the last number. */
function affectedOf(tag: string): number {
  const space = tag.lastIndexOf(" ");
  const count = space === -1 ? 0 : Number(tag.slice(space + 1));
  return Number.isNaN(count) ? 0 : count;
}

/** Settings that outlive the transaction would reach the next user of the connection. */
function setsSession(tag: string, sql: string): boolean {
  return (tag === "SET" && !/^\s*set\s+(local|transaction)\b/i.test(sql)) || tag === "LISTEN";
}

/** Columns whose type only the server knows are read by it; all others have a decoder of their own. */
function decodedRows(
  rows: unknown[][],
  fields: readonly Field[] | undefined,
  { namedColumns, untyped = [] }: CompiledSql,
): readonly unknown[][] {
  if (fields === undefined) return rows;
  for (const at of namedColumns ? fields.keys() : untyped) {
    const decode = decodeByType(fields[at]?.typeId ?? 0);
    if (decode === undefined) continue;
    for (const row of rows) row[at] = decode(row[at]);
  }
  return rows;
}
