/** One migration as the database remembers it. */
export interface JournalEntry {
  readonly name: string;
  /** The migrations of one run have one number, so that they can be taken back together. */
  readonly batch: number;
  /** How many of its statements are made, and how many there are. */
  readonly done: number;
  readonly total: number;
  /** Of the whole text: an edited file is noticed. */
  readonly checksum: string;
  /** Of the statements that are made: the rest may be mended before the next run, these may not. */
  readonly doneHash: string;
  readonly madeAt: string;
  /** While a migration is made statement by statement: what it found in the database, as its statements were written from that. */
  readonly found?: string | undefined;
}

/** Where the migrator writes down what it did: a table of its own. */
export interface JournalStore {
  /** Makes the table where it is not there yet, and adds what one of an older form lacks. */
  create(table: string): Promise<void>;
  read(table: string): Promise<readonly JournalEntry[]>;
  insert(table: string, entry: JournalEntry): Promise<void>;
  /** Changes how far an entry is. */
  update(table: string, entry: JournalEntry): Promise<void>;
  remove(table: string, name: string): Promise<void>;
  /** The same with its tables in another namespace, which is made where it is not there. Absent where there are none. */
  readonly within?: (namespace: string) => JournalStore;
}
