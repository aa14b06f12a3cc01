import type { pushedSchemas } from "./pushed-schema.ts";

/** What a process does. */
export type Work =
  | { readonly way: "migrate"; readonly directory: string; readonly to?: string }
  | { readonly way: "rollback"; readonly directory: string; readonly step: number }
  | { readonly way: "push"; readonly schema: keyof typeof pushedSchemas };

/** Where a process ends: before a statement is sent, while the database works on it, or when it is answered. */
export type Moment = "before" | "in" | "after";

/** The statement at which a process ends: of a migration by its place, of a push by its text, as a push plans anew what is left. */
export interface Death {
  readonly migration: string | undefined;
  readonly index: number;
  readonly text: string;
  readonly moment: Moment;
}

/** What a process is told once it is there. */
export interface Orders {
  /** How the script finds the database. */
  readonly place: string;
  readonly work: Work;
  readonly dies?: Death;
}

/**
 * What a process says: that it waits for orders; that it comes to the statement it dies in, and waits for a sign; that the statement goes
 * on its way; that it was answered, and the process stands still; and in the end how much it made.
 */
export type Word = "warm" | "ready" | "sent" | "answered" | { readonly made: number };
