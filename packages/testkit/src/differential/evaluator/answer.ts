/** Rows in their order: those of one group are equal by it and may come in any order. Of them all, `from` to `to` are wanted. */
export interface Listing<T = unknown> {
  readonly groups: readonly (readonly T[])[];
  readonly from: number;
  readonly to: number;
}

/** What a command must give. */
export type Answer =
  | { readonly is: "error"; readonly code: string }
  | { readonly is: "value"; readonly value: unknown }
  | { readonly is: "list"; readonly list: Listing }
  /** The first row, or null. */
  | { readonly is: "first"; readonly list: Listing }
  | { readonly is: "page"; readonly meta: unknown; readonly list: Listing }
  /** All pages of a walk by cursor, there and back. */
  | { readonly is: "pages"; readonly perPage: number; readonly list: Listing }
  | { readonly is: "steps"; readonly answers: readonly Answer[] };

/** A list whose order is left open. */
export function anyOrder<T>(rows: readonly T[]): Listing<T> {
  return { groups: [rows], from: 0, to: rows.length };
}

export function lengthOf({ groups, from, to }: Listing): number {
  const all = groups.reduce((sum, group) => sum + group.length, 0);
  return Math.max(0, Math.min(to, all) - from);
}
