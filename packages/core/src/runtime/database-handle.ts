import { after } from "./awaitable.ts";
import type { TransactionOptions } from "../adapter/adapter.ts";
import { settle } from "./awaitable.ts";
import type { QueryEvent } from "./events.ts";
import { beginManual, QueryableHandle } from "./queryable-handle.ts";
import { runRaw } from "./raw-query.ts";

/** A database handle as it runs; `Database` in `types/database.ts` is what callers see. */
export class DatabaseHandle extends QueryableHandle {
  async connect(): Promise<void> {
    await this.core.source();
  }

  close(): Promise<void> {
    return this.core.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async ping(): Promise<void> {
    const answered = await this.session.use((connection) => {
      if (connection.ping === undefined) return false;
      return after(connection.ping(), () => true);
    });
    if (!answered) await runRaw(this.session, "select 1", []);
  }

  begin(options: TransactionOptions = {}): Promise<object> {
    return settle(() => beginManual(this.core, options));
  }

  on(event: "query" | "error", listener: (event: QueryEvent) => void): () => void {
    return this.core.on(event, listener);
  }

  get planCache(): { readonly hits: number; readonly misses: number; readonly size: number } {
    return this.core.plans.stats;
  }
}
