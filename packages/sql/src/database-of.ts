/**
 * The tables of a schema as Kysely sees them: database names of tables and columns.
 *
 * `DatabaseOf<typeof schema>` is `{ users: { id: number; created_at: string } }`.
 */
export type DatabaseOf<S> = S extends unknown ? Record<string, Record<string, unknown>> : never;
