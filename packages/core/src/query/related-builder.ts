import { settle } from "../runtime/awaitable.ts";
import { associate, dissociate } from "./associate.ts";
import { attach, detach, insertAttached, sync, toggle, updatePivot, type Synced } from "./pivot-writes.ts";
import { QueryBuilder } from "./query-builder.ts";
import type { QueryState } from "./query-state.ts";
import { relatedState, withoutLostPivot } from "./related-state.ts";
import { requireRole, tiedValues, withTied, type RelatedScope } from "./related-scope.ts";

/** The query of one row's related rows and its writes, as they run; `RelatedTo` in `types/related.ts` is what callers see. */
export class RelatedBuilder extends QueryBuilder {
  readonly #scope: RelatedScope;

  constructor(scope: RelatedScope, state: QueryState = relatedState(scope.source, scope.relation, scope.row)) {
    super(scope.reader, state);
    this.#scope = scope;
  }

  protected override build(state: QueryState): QueryBuilder {
    return new RelatedBuilder(this.#scope, withoutLostPivot(state));
  }

  /** The caller's data, pointing at the row. */
  #tied(data: unknown, method: string): Record<string, unknown> {
    requireRole(this.#scope, method, "owns");
    return withTied(this.#scope.relation.target, data, tiedValues(this.#scope, "target"));
  }

  #isPivoted(method: string): boolean {
    requireRole(this.#scope, method, "owns", "pivot");
    return this.#scope.relation.through !== undefined;
  }

  override insert(data: unknown, options?: unknown): Promise<object> {
    return settle(async () => {
      if (!this.#isPivoted("insert")) return super.insert(this.#tied(data, "insert"), options);
      const insert = async (target: QueryBuilder, control: unknown) => [await target.insert(data, control)] as const;
      const [row] = await insertAttached(this.#scope, this.state, options, insert);
      return row;
    });
  }

  override insertMany(rows: unknown, options?: unknown): Promise<object[]> {
    return settle(() => {
      if (this.#isPivoted("insertMany")) {
        return insertAttached(this.#scope, this.state, options, (target, control) => target.insertMany(rows, control));
      }
      return super.insertMany(this.#tiedList(rows, "insertMany"), options);
    });
  }

  #tiedList(rows: unknown, method: string): unknown {
    requireRole(this.#scope, method, "owns");
    return Array.isArray(rows) ? rows.map((data) => this.#tied(data, method)) : rows;
  }

  override upsert(data: unknown, how: unknown, options?: unknown): Promise<object> {
    return settle(() => super.upsert(this.#tied(data, "upsert"), how, options));
  }

  override upsertMany(rows: unknown, how: unknown, options?: unknown): Promise<object[]> {
    return settle(() => super.upsertMany(this.#tiedList(rows, "upsertMany"), how, options));
  }

  override firstOrCreate(search: unknown, values: unknown = {}, options?: unknown): Promise<object> {
    return settle(() => {
      this.#tied(search, "firstOrCreate");
      return super.firstOrCreate(search, this.#tied(values, "firstOrCreate"), options);
    });
  }

  override updateOrCreate(search: unknown, values: unknown = {}, options?: unknown): Promise<object> {
    return settle(() => {
      const tied = this.#tied(search, "updateOrCreate");
      this.#tied(values, "updateOrCreate");
      return super.updateOrCreate(tied, values, options);
    });
  }

  override firstOrNew(search: unknown, values: unknown = {}, options?: unknown): Promise<object> {
    return settle(() => {
      this.#tied(search, "firstOrNew");
      return super.firstOrNew(search, this.#tied(values, "firstOrNew"), options);
    });
  }

  override truncate(): Promise<void> {
    return settle(() => requireRole(this.#scope, "truncate"));
  }

  attach(ids: unknown, pivot?: unknown): Promise<number> {
    return settle(() => attach(this.#scope, ids, pivot));
  }
  detach(ids?: unknown): Promise<number> {
    return settle(() => detach(this.#scope, ids));
  }
  sync(ids: unknown, pivot?: unknown): Promise<Synced> {
    return settle(() => sync(this.#scope, ids, pivot));
  }
  toggle(ids: unknown, pivot?: unknown): Promise<Omit<Synced, "updated">> {
    return settle(() => toggle(this.#scope, ids, pivot));
  }
  updatePivot(ids: unknown, values: unknown): Promise<number> {
    return settle(() => updatePivot(this.#scope, ids, values));
  }

  associate(target: unknown): Promise<object> {
    return settle(() => associate(this.#scope, target));
  }
  dissociate(): Promise<object> {
    return settle(() => dissociate(this.#scope));
  }
}
