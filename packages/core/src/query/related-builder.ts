import { settle } from "../runtime/awaitable.ts";
import { partOf } from "../runtime/part.ts";
import type { Synced } from "./pivot-writes.ts";
import { QueryBuilder } from "./query-builder.ts";
import type { QueryState } from "./query-state.ts";
import { relatedState, withoutLostPivot } from "./related-state.ts";
import { requireRole, tiedValues, withTied, type RelatedScope } from "./related-scope.ts";

const pivots = partOf(() => import("./pivot-writes.ts"));
const lists = partOf(() => import("./list-writes.ts"));
const holders = partOf(() => import("./associate.ts"));

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
    requireRole(this.#scope, method, "owns", "pivot", "lists");
    return this.#scope.relation.through !== undefined;
  }

  /** Whether the row itself holds the keys, in a list. */
  get #isListed(): boolean {
    return this.#scope.relation.listed;
  }

  override insert(data: unknown, options?: unknown): Promise<object> {
    return settle(async () => {
      if (this.#isListed) {
        return lists([data, options], async (part, given, control) => {
          const insert = async (target: QueryBuilder, own: unknown) => [await target.insert(given, own)] as const;
          const [row] = await part.insertListed(this.#scope, this.state, control, insert);
          return row;
        });
      }
      if (!this.#isPivoted("insert")) return super.insert(this.#tied(data, "insert"), options);
      return pivots([data, options], async (part, given, control) => {
        const insert = async (target: QueryBuilder, own: unknown) => [await target.insert(given, own)] as const;
        const [row] = await part.insertAttached(this.#scope, this.state, control, insert);
        return row;
      });
    });
  }

  override insertMany(rows: unknown, options?: unknown): Promise<object[]> {
    return settle(() => {
      if (this.#isListed) {
        return lists([rows, options], (part, given, control) =>
          part.insertListed(this.#scope, this.state, control, (target, own) => target.insertMany(given, own)),
        );
      }
      if (this.#isPivoted("insertMany")) {
        return pivots([rows, options], (part, given, control) =>
          part.insertAttached(this.#scope, this.state, control, (target, own) => target.insertMany(given, own)),
        );
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
    return settle(() =>
      this.#isListed
        ? lists([ids, pivot], (part, keys, given) => part.attachListed(this.#scope, keys, given))
        : pivots([ids, pivot], (part, keys, given) => part.attach(this.#scope, keys, given)),
    );
  }
  detach(ids?: unknown): Promise<number> {
    return settle(() =>
      this.#isListed
        ? lists([ids], (part, keys) => part.detachListed(this.#scope, keys))
        : pivots([ids], (part, keys) => part.detach(this.#scope, keys)),
    );
  }
  sync(ids: unknown, pivot?: unknown): Promise<Synced> {
    return settle(() =>
      this.#isListed
        ? lists([ids, pivot], (part, keys, given) => part.syncListed(this.#scope, keys, given))
        : pivots([ids, pivot], (part, keys, given) => part.sync(this.#scope, keys, given)),
    );
  }
  toggle(ids: unknown, pivot?: unknown): Promise<Omit<Synced, "updated">> {
    return settle(() =>
      this.#isListed
        ? lists([ids, pivot], (part, keys, given) => part.toggleListed(this.#scope, keys, given))
        : pivots([ids, pivot], (part, keys, given) => part.toggle(this.#scope, keys, given)),
    );
  }
  updatePivot(ids: unknown, values: unknown): Promise<number> {
    return settle(() => pivots([ids, values], (part, keys, given) => part.updatePivot(this.#scope, keys, given)));
  }

  associate(target: unknown): Promise<object> {
    return settle(() => holders([target], (part, given) => part.associate(this.#scope, given)));
  }
  dissociate(): Promise<object> {
    return settle(() => holders([], (part) => part.dissociate(this.#scope)));
  }
}
