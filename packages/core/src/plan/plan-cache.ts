/**
 * Plans by shape key, bounded: two generations of at most `capacity` each. A plan that is used stays; one that is not
 * is gone after two turns. A hit costs one look-up.
 */
export class PlanCache {
  readonly #capacity: number;
  #young = new Map<string, unknown>();
  #old = new Map<string, unknown>();
  #hits = 0;
  #misses = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The plan of a shape, made on first use. A key stands for one kind of plan only: callers mark theirs. */
  get<P>(key: string, make: () => P): P {
    const known = this.#young.get(key);
    if (known !== undefined) {
      this.#hits += 1;
      return known as P;
    }
    return this.#promote(key, make);
  }

  #promote<P>(key: string, make: () => P): P {
    const old = this.#old.get(key);
    if (old === undefined) this.#misses += 1;
    else this.#hits += 1;
    const plan = (old ?? make()) as P;
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, plan);
    return plan;
  }

  get stats(): { readonly hits: number; readonly misses: number; readonly size: number } {
    let size = this.#young.size;
    for (const key of this.#old.keys()) if (!this.#young.has(key)) size += 1;
    return { hits: this.#hits, misses: this.#misses, size };
  }
}
