import type { Leftover } from "./workload.ts";

/** The statements that put right what a turn left behind, before the next one. */
export type Resets = Readonly<Record<Leftover, string>>;

const names = "update users set name = concat('User ', id) where name <> concat('User ', id)";

export const sqliteResets: Resets = { notes: "delete from notes", names };
export const postgresResets: Resets = { notes: "truncate notes restart identity", names };
export const mysqlResets: Resets = { notes: "truncate table notes", names };
