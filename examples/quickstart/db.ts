import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createDatabase } from "@mortise/core";
import { sqlite } from "@mortise/sqlite";
import { schema } from "./schema.ts";

/** The file lies beside this one. Each run begins with a new one. */
export const filename = fileURLToPath(new URL("blog.db", import.meta.url));
for (const end of ["", "-wal", "-shm"]) rmSync(filename + end, { force: true });

export const db = createDatabase(schema, sqlite({ filename }));
