/** One executed statement, as listeners see it. Parameters are left out unless the database was made with `logParameters`. */
export interface QueryEvent {
  readonly sql: string;
  readonly parameters: readonly unknown[] | undefined;
  /** In milliseconds. */
  readonly duration: number;
  readonly rows: number;
  readonly model: string | undefined;
  readonly error: unknown;
}
