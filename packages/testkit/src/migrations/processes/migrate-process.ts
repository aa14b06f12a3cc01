import { flushCompileCache } from "node:module";
import process from "node:process";
import { createDatabase, createSchema } from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { migrate, push, rollback } from "@mortise/migrator";
import { Fate } from "./fate.ts";
import { mortalConnections } from "./mortal-adapter.ts";
import type { Work } from "./orders.ts";
import { heard, tell } from "./parent.ts";
import { pushedSchemas } from "./pushed-schema.ts";

/**
 * The body of a process that migrates: waits for its orders, does them, and tells how much it made. `mortal` says where its statements are
 * seen: on connections, unless they are commands of the schema adapter alone.
 */
export async function runOrders<Compiled>(
  adapterAt: (place: string) => Adapter<Compiled>,
  mortal: (adapter: Adapter<Compiled>, fate: Fate) => Adapter<Compiled> = mortalConnections,
): Promise<void> {
  // A process that is killed writes down nothing of what it compiled.
  flushCompileCache();
  const orders = heard();
  await tell("warm");
  const { place, work, dies } = await orders;
  const fate = dies === undefined ? undefined : new Fate(dies);
  const adapter = adapterAt(place);
  await using db = createDatabase(schemaOf(work), fate === undefined ? adapter : mortal(adapter, fate));
  await tell({ made: await done(db, work, fate) });
  process.disconnect?.();
}

const schemaOf = (work: Work) => (work.way === "push" ? pushedSchemas[work.schema] : createSchema({}));

async function done(db: object, work: Work, fate: Fate | undefined): Promise<number> {
  const onStatement = (migration: string, text: string, index: number): void => fate?.see(migration, index, text);
  if (work.way === "migrate") return (await migrate(db, { ...work, onStatement })).migrations.length;
  if (work.way === "rollback") return (await rollback(db, { ...work, onStatement })).migrations.length;
  const { changes } = await push(db, {
    drop: true,
    acknowledge: ["all"],
    onStep: ({ statements }) => {
      for (const text of statements) fate?.see(undefined, -1, text);
    },
  });
  return changes.length;
}
