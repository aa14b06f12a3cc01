import type { Awaitable } from "../adapter/adapter.ts";

/** Runs something with a part, once it is there. `given` is what the caller gave, which `run` takes in the same order. */
export type UsePart<Part> = <R>(
  given: readonly unknown[],
  run: (part: Part, ...given: readonly unknown[]) => Awaitable<R>,
) => Awaitable<R>;

/**
 * A part of core that most applications start without. It is loaded by its first use and kept, so that every further one goes on at once.
 *
 * `const chunks = partOf(() => import("./chunk.ts"))`
 *
 * What the caller gave counts as it was when it was given, though it may change while the part is loaded.
 */
export function partOf<Part>(load: () => Promise<Part>): UsePart<Part> {
  let kept: Part | undefined;
  return (given, run) => {
    if (kept !== undefined) return run(kept, ...given);
    const copies = given.map((one) => copyOf(one, new Map()));
    const first = async () => run((kept = await load()), ...copies);
    return first();
  };
}

/** Lists and plain objects, and those within, are copied; everything else is itself. */
function copyOf(value: unknown, known: Map<unknown, unknown>): unknown {
  if (known.has(value)) return known.get(value);
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    known.set(value, list);
    for (const one of value) list.push(copyOf(one, known));
    return list;
  }
  if (!isPlain(value)) return value;
  const copy: Record<string, unknown> = { ...value };
  known.set(value, copy);
  for (const name of Object.keys(copy)) copy[name] = copyOf(copy[name], known);
  return copy;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
