/** A database handle of any schema, for statements as text. */
export interface AnyDatabase {
  raw(text: string): PromiseLike<readonly object[]>;
  close(): Promise<void>;
}
