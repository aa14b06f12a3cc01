import type { ReferenceAction } from "./model-info.ts";

/** What a foreign key may do when the row it points at goes or changes. */
export const referenceActions: readonly ReferenceAction[] = [
  "cascade",
  "restrict",
  "set null",
  "set default",
  "no action",
];

export function isReferenceAction(value: unknown): value is ReferenceAction {
  return referenceActions.some((one) => one === value);
}
