import type { Wire } from "./wire.ts";

const capacity = 256;

/** A statement that the server keeps for one connection. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
  /** The types of its parameters by their numbers; 0, or none, where the server finds it. */
  readonly types: readonly number[];
}

/** The prepared statements of one connection by their text; the one that was not used for the longest time goes first. */
export class StatementCache {
  readonly #statements = new Map<string, Prepared>();
  readonly #closing: string[] = [];
  #made = 0;

  /** The statement of a text, and whether the server has it already. */
  get(text: string, types: readonly number[]): { readonly prepared: Prepared; readonly known: boolean } {
    const key = keyOf(text, types);
    const found = this.#statements.get(key);
    if (found !== undefined) {
      this.#statements.delete(key);
      this.#statements.set(key, found);
      return { prepared: found, known: true };
    }
    if (this.#statements.size >= capacity) this.#dropOldest();
    this.#made += 1;
    const prepared = { name: `mortise_${this.#made}`, text, types };
    this.#statements.set(key, prepared);
    return { prepared, known: false };
  }

  /** Nobody knows whether the server has this statement: the next one of its text gets another name. */
  forget({ name, text, types }: Prepared): void {
    const key = keyOf(text, types);
    if (this.#statements.get(key)?.name !== name) return;
    this.#statements.delete(key);
    this.#closing.push(name);
  }

  /** Tells the server which statements are not needed any more. */
  sendClosed(wire: Wire): void {
    for (const name of this.#closing.splice(0)) wire.close({ type: "S", name });
  }

  #dropOldest(): void {
    for (const oldest of this.#statements.values()) return this.forget(oldest);
  }
}

function keyOf(text: string, types: readonly number[]): string {
  return types.length === 0 ? text : `${types.join(",")} ${text}`;
}
