import { MortiseError } from "@mortise/core";
import { buildGroup, buildQuery, from, type Workshop } from "./build-query.ts";
import { givenRow, givenValue } from "./build-schema.ts";
import { call, type LooseQuery } from "./loose-query.ts";
import { modelOf, type Command, type QuerySpec, type RowSpec } from "./program.ts";

/** What a command gave. A library error is an answer with its code; any other error is a failure of the run. */
export type Outcome =
  | { readonly is: "error"; readonly code: string; readonly message: string }
  | { readonly is: "value"; readonly value: unknown }
  | {
      readonly is: "pages";
      readonly pages: readonly (readonly unknown[])[];
      readonly back: readonly (readonly unknown[])[];
    }
  | { readonly is: "steps"; readonly outcomes: readonly Outcome[] };

/** Runs one command by the public API. */
export function runCommand(shop: Workshop, command: Command): Promise<Outcome> {
  if (command.do === "transaction") return attempt(() => runTransaction(shop, command));
  if (command.do === "cursor") return attempt(() => walk(buildQuery(shop, command.query), command.perPage));
  return attempt(async () => ({ is: "value", value: await send(shop, command) }));
}

/** What a body gives, or the code of its error. An error without one is never right. */
export async function attempt(body: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await body();
  } catch (error) {
    const code = error instanceof MortiseError ? error.code : "NO_CODE";
    return { is: "error", code, message: String(error) };
  }
}

type Of<D extends Command["do"]> = Extract<Command, { readonly do: D }>;

async function send(shop: Workshop, command: Exclude<Command, Of<"transaction"> | Of<"cursor">>): Promise<unknown> {
  const row = (values: RowSpec, model: string) => givenRow(modelOf(shop.specs, model), values);
  switch (command.do) {
    case "rows":
      return readRows(buildQuery(shop, command.query), command.how);
    case "find": {
      const keys = command.keys.map((key) => givenKey(shop, command.query, key));
      const query = buildQuery(shop, command.query);
      return command.many ? query.findMany(keys) : query.find(keys[0]);
    }
    case "aggregate": {
      const given = command.column === undefined ? [] : [command.column];
      return call(buildQuery(shop, command.query), command.does, ...given);
    }
    case "exists":
      return buildQuery(shop, command.query).exists();
    case "pluck":
      return buildQuery(shop, command.query).pluck(command.column);
    case "group":
      return buildGroup(shop, command.group).many();
    case "page": {
      const { page, perPage } = command;
      const query = buildQuery(shop, command.query);
      return command.counted ? query.paginate({ page, perPage }) : query.simplePaginate({ page, perPage });
    }
    case "insert":
      return from(shop, command.model).insert(row(command.row, command.model));
    case "upsert": {
      const { conflict, update } = command;
      return from(shop, command.model).upsert(row(command.row, command.model), {
        conflict,
        ...(update === undefined ? {} : { update }),
      });
    }
    case "firstOrCreate":
    case "updateOrCreate": {
      const { model, search, values } = command;
      const query = from(shop, model);
      return command.do === "firstOrCreate"
        ? query.firstOrCreate(row(search, model), row(values, model))
        : query.updateOrCreate(row(search, model), row(values, model));
    }
    case "update":
      return returning(shop, command).update(row(command.values, command.query.model));
    case "increment":
      return buildQuery(shop, command.query).unfiltered().increment(command.column, command.by);
    case "remove":
      return returning(shop, command)[command.how]();
  }
}

function givenKey(shop: Workshop, query: QuerySpec, key: RowSpec[string]): unknown {
  const [column] = modelOf(shop.specs, query.model).columns;
  return givenValue(column?.kind ?? "integer", key);
}

function returning(shop: Workshop, command: Of<"update"> | Of<"remove">): LooseQuery {
  const query = buildQuery(shop, command.query).unfiltered();
  return command.returning ? query.returning() : query;
}

async function readRows(query: LooseQuery, how: Of<"rows">["how"]): Promise<unknown> {
  if (how !== "stream") return query[how]();
  const rows: unknown[] = [];
  for await (const row of query.stream({ batch: 3 })) rows.push(row);
  return rows;
}

/** More pages than any table here has rows. */
const MANY_PAGES = 60;

/** All pages from the first to the last, and back again from there. */
async function walk(query: LooseQuery, perPage: number): Promise<Outcome> {
  const pages: (readonly unknown[])[] = [];
  let page = await query.cursorPaginate({ perPage });
  pages.push(page.data);
  while (typeof page.meta["nextCursor"] === "string" && pages.length < MANY_PAGES) {
    page = await query.cursorPaginate({ perPage, after: page.meta["nextCursor"] });
    pages.push(page.data);
  }
  const back: (readonly unknown[])[] = [];
  while (typeof page.meta["previousCursor"] === "string" && back.length < MANY_PAGES) {
    page = await query.cursorPaginate({ perPage, before: page.meta["previousCursor"] });
    back.unshift(page.data);
  }
  return { is: "pages", pages, back };
}

/** Thrown to roll back on purpose. */
class RollBack extends Error {}

/** A command that fails in a transaction ends it with its error; a transaction inside it may fail alone. */
async function runTransaction(shop: Workshop, { commands, rollBack }: Of<"transaction">): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  let failed: Outcome | undefined;
  try {
    await shop.db.transaction(async (db) => {
      for (const command of commands) {
        const outcome = await runCommand({ ...shop, db }, command);
        if (outcome.is === "error" && command.do !== "transaction") {
          failed = outcome;
          throw new RollBack("A command failed.");
        }
        outcomes.push(outcome);
      }
      if (rollBack) throw new RollBack("The program says so.");
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
  }
  return failed ?? { is: "steps", outcomes };
}
