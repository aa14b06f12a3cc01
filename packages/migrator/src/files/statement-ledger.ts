import { MigrationError } from "@mortise/core/adapter";
import type { JournalEntry, SchemaAdapter, SchemaState } from "@mortise/core/state";
import { migrationOf } from "./back-entry.ts";
import { checksum } from "./migration-file.ts";
import { changesRows } from "./row-statement.ts";
import { statementFailed } from "./statement-failed.ts";

/** Told before each statement. `total` is how many are known by then. */
export type OnStatement = (migration: string, statement: string, index: number, total: number) => void;

/** Makes the statements of a migration, one after the other, and knows which an earlier run has made. */
export interface Ledger {
  /** The statements so far, as text. */
  readonly texts: readonly string[];
  /** What an earlier run found in the database at this point; it wrote its statements from that. */
  recall(): SchemaState | undefined;
  remember(state: SchemaState): Promise<void>;
  /** Whether the next statement is one that an earlier run has made. */
  isMade(): boolean;
  /** Whether an earlier run ended right before the next statement, or right behind it without a word. */
  isDoubtful(): boolean;
  /** `left` statements are known to follow. `run` is not called for what is made. */
  make(text: string, left: number, run: () => Promise<void>): Promise<void>;
}

export interface LedgerOptions {
  readonly name: string;
  readonly onStatement: OnStatement | undefined;
  readonly schema: SchemaAdapter;
}

/** For what is one transaction, or a look at what would be done: every statement is made. */
export function plainLedger({ name, onStatement, schema }: LedgerOptions, isDry: boolean): Ledger {
  const texts: string[] = [];
  return {
    texts,
    recall: () => undefined,
    remember: async () => undefined,
    isMade: () => false,
    isDoubtful: () => false,
    make: async (text, left, run) => {
      const index = texts.length;
      texts.push(text);
      if (isDry) return;
      onStatement?.(name, text, index, texts.length + left);
      await attempt(name, index, texts.length + left, "", run, schema);
    },
  };
}

async function attempt(
  name: string,
  index: number,
  total: number,
  kept: string,
  run: () => Promise<void>,
  schema: SchemaAdapter,
): Promise<void> {
  try {
    await run();
  } catch (cause) {
    throw statementFailed(name, index, total, kept, cause, schema);
  }
}

/** For what commits statement by statement: each is written down, and those that are written down are not made again. */
export class JournalledLedger implements Ledger {
  readonly texts: string[] = [];
  readonly #held: SchemaAdapter;
  readonly #table: string;
  readonly #start: JournalEntry;
  readonly #onStatement: OnStatement | undefined;
  readonly #found: SchemaState[];
  /** How many statements there were when each of them was looked at. */
  readonly #looks: number[] = [];

  constructor(held: SchemaAdapter, table: string, start: JournalEntry, onStatement: OnStatement | undefined) {
    this.#held = held;
    this.#table = table;
    this.#start = start;
    this.#onStatement = onStatement;
    this.#found = start.found === undefined ? [] : statesOf(start.found);
  }

  recall(): SchemaState | undefined {
    const found = this.#found[this.#looks.length];
    if (found !== undefined) this.#looks.push(this.texts.length);
    return found;
  }

  async remember(state: SchemaState): Promise<void> {
    this.#found.push(state);
    this.#looks.push(this.texts.length);
    await this.#write(1, true);
  }

  isMade(): boolean {
    return this.texts.length < this.#start.done;
  }

  isDoubtful(): boolean {
    return this.#start.found !== undefined && this.texts.length === this.#start.done;
  }

  async make(text: string, left: number, run: () => Promise<void>): Promise<void> {
    const index = this.texts.length;
    if (this.isMade()) {
      this.texts.push(text);
      if (!this.isMade()) this.#requireSameStart();
      return;
    }
    const name = migrationOf(this.#start.name);
    this.#onStatement?.(name, text, index, index + 1 + left);
    const kept =
      index > 0 ? ` The ${index} before it are made and written down; the next run goes on with this one.` : "";
    const step = async (): Promise<void> => {
      await attempt(name, index, index + 1 + left, kept, run, this.#held);
      this.texts.push(text);
      await this.#write(left + 1, true);
    };
    try {
      await (changesRows(text) && this.#held.rowsAtomic !== undefined ? this.#held.rowsAtomic(step) : step());
    } catch (error) {
      this.texts.splice(index);
      throw error;
    }
  }

  /** The migration is whole. */
  async finish(): Promise<void> {
    if (this.isMade()) this.#requireSameStart();
    await this.#write(0, false);
  }

  /** After an error: what was found since the last statement is looked at again by the next run, as it may be mended by then. */
  async forget(): Promise<void> {
    const made = Math.max(this.texts.length, this.#start.done);
    const kept = this.#looks.filter((look) => look < made).length;
    this.#found.splice(kept);
    if (made > 0) await this.#write(1, true);
    else await this.#held.journal.remove(this.#table, this.#start.name);
  }

  async #write(left: number, isOpen: boolean): Promise<void> {
    const done = Math.max(this.texts.length, this.#start.done);
    await this.#held.journal.update(this.#table, {
      ...this.#start,
      done,
      total: done + left,
      doneHash: done === this.texts.length ? hashOf(this.texts) : this.#start.doneHash,
      found: isOpen ? JSON.stringify(this.#found) : undefined,
    });
  }

  /** The statements that were made must be those that the migration begins with; the others may have been mended. */
  #requireSameStart(): void {
    const { name, done, doneHash } = this.#start;
    if (this.texts.length === done && hashOf(this.texts) === doneHash) return;
    throw new MigrationError(
      `The migration "${migrationOf(name)}" was cut off after ${done} of its statements, and those were edited since. ` +
        "Write them again as they were; what comes behind them may be changed.",
    );
  }
}

/** A hash of statements in their order. */
export function hashOf(texts: readonly string[]): string {
  return checksum(JSON.stringify(texts));
}

/** What the journal holds was written by `remember`, as neutral data without values of the application. */
function statesOf(text: string): SchemaState[] {
  const found: SchemaState[] = JSON.parse(text);
  return found;
}
