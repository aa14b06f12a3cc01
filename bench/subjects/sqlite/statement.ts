import type { Statement } from "better-sqlite3";

/** A statement that takes its parameters one by one. */
export type RawStatement = Statement<unknown[]>;

/** Gives a statement when it is needed: prepared anew, or prepared once. */
export type Use = (sql: string) => () => RawStatement;

/** The driver types rows as unknown; the SQL beside the call says what they hold. */
export function rowsOf<Row>(rows: readonly unknown[]): readonly Row[] {
  return rows as readonly Row[];
}

export function rowOf<Row>(row: unknown): Row {
  return row as Row;
}

/** `2024-02-29 13:05:09.123`, in UTC. */
export function instantOf(text: string): Date {
  return new Date(`${text}Z`);
}

export function textOfInstant(instant: Date): string {
  return instant.toISOString().slice(0, 23).replace("T", " ");
}
