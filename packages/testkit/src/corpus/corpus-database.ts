import type { Adapter } from "@mortise/core/adapter";

/** A database of its own for one schema of the corpus. */
export interface CorpusDatabase {
  /** An adapter on it; every call gives another. */
  adapter(): Adapter;
  /** Runs a script in the engine's own tongue. */
  load(script: string): Promise<void>;
  /**
   * Everything of the managed kinds, read by queries of the test's own: it shares no code with `inspect`, so that the two cannot be wrong
   * in the same way.
   */
  fingerprint(): Promise<Fingerprint>;
  remove(): Promise<void>;
}

/** A line for each column, key, index and check, by table. */
export type Fingerprint = Readonly<Record<string, readonly string[]>>;

/** A schema of the corpus, and what its copy cannot do without. */
export interface CorpusSchema {
  readonly name: string;
  /** The script itself, where it is not one of the corpus. */
  readonly script?: string;
  /** How properties are named; as people do unless said otherwise. */
  readonly naming?: "camel" | "keep";
  /** What of the script only a shell or another server understands is taken out of it. */
  readonly adapt?: (script: string) => string;
  /** What stands beside the tables and Mortise does not manage, but a column needs: made in the copy beforehand. */
  readonly prerequisites?: (script: string) => string;
  /** Lines that the two databases need not share, each kind with the reason. */
  readonly apart?: readonly { readonly line: RegExp; readonly reason: string }[];
}
