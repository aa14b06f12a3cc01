import { shortHash } from "@mortise/core/state";

const prefix = "mortise_online_";

/** What something is called while it is made for a key or a column of a table: the same in every run. */
export function temporaryName(table: string, of: string): string {
  return `${prefix}${shortHash(JSON.stringify([table, of]))}`;
}

export function isTemporaryName(name: string): boolean {
  return name.startsWith(prefix);
}
