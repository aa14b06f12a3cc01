import { createDatabase } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { schema } from "./schema.ts";

/** The shop lives in memory, as long as the program runs. */
export const db = createDatabase(schema, sqlite({ filename: ":memory:" }));
