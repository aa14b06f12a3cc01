import { createDatabase } from "@mortise/core";
import { schema } from "../../examples/quickstart/schema.ts";
import { adapterOn, engines } from "../journey/engine.ts";

const engine = engines.find(({ title }) => title === process.env["BLOG_ENGINE"]);
if (engine === undefined) throw new Error("BLOG_ENGINE names no engine.");

/** What the program calls its database. */
export const filename: string = process.env["BLOG_DATABASE"] ?? "";

export const db = createDatabase(schema, adapterOn(engine, filename));
