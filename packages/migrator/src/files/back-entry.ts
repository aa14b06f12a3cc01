import type { JournalEntry } from "@mortise/core/state";

/** Behind the name of a migration in the journal: the line says how far the way back of it is. */
const ending = " (back)";

export function backName(migration: string): string {
  return `${migration}${ending}`;
}

/** The migration that a line of the journal is about. */
export function migrationOf(name: string): string {
  return name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

/** What the journal says: the migrations, and those whose way back was cut off in the middle. */
export interface JournalLines {
  readonly entries: readonly JournalEntry[];
  readonly backs: ReadonlyMap<string, JournalEntry>;
  /** Ways back that are done, or not begun, so that their lines can go. */
  readonly done: readonly string[];
}

export function linesOf(all: readonly JournalEntry[]): JournalLines {
  const entries = all.filter(({ name }) => migrationOf(name) === name);
  const back = all.filter(({ name }) => migrationOf(name) !== name);
  const isOpen = ({ name, done, found }: JournalEntry): boolean =>
    (done > 0 || found !== undefined) && entries.some((entry) => entry.name === migrationOf(name));
  return {
    entries,
    backs: new Map(back.filter(isOpen).map((entry) => [migrationOf(entry.name), entry])),
    done: back.filter((entry) => !isOpen(entry)).map(({ name }) => name),
  };
}
