import { counterCollection } from "./command.ts";

/** Where leases of the migrator stand. */
export const lockCollection = "mortise_locks";

/** Collections that Mortise keeps for itself, which no model describes. */
export function isOwnCollection(name: string): boolean {
  return name === counterCollection || name === lockCollection;
}
