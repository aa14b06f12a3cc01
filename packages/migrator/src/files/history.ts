import { MigrationError } from "@mortise/core/adapter";
import type { JournalEntry } from "@mortise/core/state";
import { checksum, type MigrationFile } from "./migration-file.ts";

/** What the files and the journal say together. */
export interface History {
  readonly applied: readonly JournalEntry[];
  /** Not made, or not to their end. */
  readonly pending: readonly MigrationFile[];
  /** Pending ones that come before one that is applied: a branch was merged, or a file was forgotten. */
  readonly outOfOrder: readonly string[];
  /** Applied ones whose file is gone. */
  readonly missing: readonly string[];
  /** Applied ones whose file says something else now. */
  readonly edited: readonly string[];
}

export function historyOf(files: readonly MigrationFile[], entries: readonly JournalEntry[]): History {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const isApplied = ({ done, total }: JournalEntry): boolean => done === total;
  const applied = entries.filter(isApplied);
  const last = applied.at(-1)?.name ?? "";
  const pending = files.filter(({ name }) => {
    const entry = byName.get(name);
    return entry === undefined || !isApplied(entry);
  });
  return {
    applied,
    pending,
    outOfOrder: pending.map(({ name }) => name).filter((name) => name < last),
    missing: entries.map(({ name }) => name).filter((name) => !files.some((file) => file.name === name)),
    edited: applied
      .filter((entry) => files.some(({ name, text }) => name === entry.name && checksum(text) !== entry.checksum))
      .map(({ name }) => name),
  };
}

/** History is not written anew: what was applied is what the file says. */
export function requireUnedited({ edited }: History): void {
  if (edited.length === 0) return;
  throw new MigrationError(
    `Applied migrations were edited afterwards: ${edited.join(", ")}. Take the edit back, and write what is wanted into a new migration.`,
  );
}
