/** Where a value of the caller stands in a command. What is made of it is ours: a value never names an operator or a field. */
export class Slot {
  readonly slot: number;
  readonly make: (value: unknown) => unknown;
  /** The value alone, as it is shown to people. */
  readonly show: (value: unknown) => unknown;
  /** Whether it is shown: a value that stands in two places is shown once. */
  readonly isShown: boolean;

  constructor(slot: number, make: (value: unknown) => unknown, show: ((value: unknown) => unknown) | "hidden" = make) {
    this.slot = slot;
    this.make = make;
    this.isShown = show !== "hidden";
    this.show = show === "hidden" ? make : show;
    Object.freeze(this);
  }
}

/** What the slots of a command get. */
export type Fill = (slot: Slot) => unknown;

/** A command with its slots filled. Only plain objects and lists of ours are walked, never what a slot gave. */
export function fill(template: unknown, give: Fill): unknown {
  if (template instanceof Slot) return give(template);
  if (Array.isArray(template)) return template.map((entry) => fill(entry, give));
  if (!isPlain(template)) return template;
  const filled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(template)) filled[key] = fill(value, give);
  return filled;
}

/** The values in the order in which they stand in the command. */
export function slotsOf(template: unknown): readonly Slot[] {
  if (template instanceof Slot) return [template];
  if (Array.isArray(template)) return template.flatMap(slotsOf);
  return isPlain(template) ? Object.values(template).flatMap(slotsOf) : [];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
