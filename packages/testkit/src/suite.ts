import {
  createDatabase,
  type AnySchema,
  type Database,
  type DatabaseOptions,
  type MortiseError,
  type QueryEvent,
  type RegistryIn,
} from "@mortise/core";
import type { Adapter } from "@mortise/core/adapter";
import { expect } from "vitest";
import { makeTables } from "./make-tables.ts";
import type { Requirement } from "./requirements.ts";

/** Gives an adapter on an empty database of its own. */
export type OpenAdapter = () => Adapter | Promise<Adapter>;

/** A way to load relations that a handle can be told to take. */
export type Strategy = NonNullable<DatabaseOptions["relationStrategy"]>;

/** A schema and the rows that every case starts with. */
export interface Fixture<S extends AnySchema> {
  readonly schema: S;
  readonly seed: (db: Database<RegistryIn<S>>) => Promise<unknown>;
}

/** What a case works with. */
export interface Context<R> {
  /** The fixture's schema on a database of this case alone, with the fixture's rows. */
  readonly db: Database<R>;
  /** One more database like it, made with these options. */
  readonly open: (options: DatabaseOptions) => Promise<Database<R>>;
  /** The one way in which relations are loaded in this run. */
  readonly strategy: Strategy;
  /** The adapter's way to load relations inside the rows of their parents, where it has one. */
  readonly inside: Strategy;
  /** The statements that a body sends through `db`. */
  readonly sent: (body: () => unknown) => Promise<readonly QueryEvent[]>;
  /** Runs a body that must throw an error of this class without sending anything; gives the error. */
  readonly refused: <E extends MortiseError>(kind: new (...given: never[]) => E, body: () => unknown) => Promise<E>;
}

type Run<R> = (context: Context<R>) => Promise<void>;
interface Requiring<R> {
  readonly needs: readonly Requirement[];
  readonly run: Run<R>;
}

/** A case of a suite, as the runner sees it. */
export interface SuiteCase {
  readonly name: string;
  readonly needs: readonly Requirement[];
  readonly run: (open: OpenAdapter, strategy?: Strategy) => Promise<void>;
}

/** The cases of one topic. */
export interface Suite {
  readonly name: string;
  readonly cases: readonly SuiteCase[];
}

/** A case that only makes sense where the adapter can do something: `requires("savepoints", async ({ db }) => …)`. */
export function requires<R>(need: Requirement | readonly Requirement[], run: Run<R>): Requiring<R> {
  return { needs: [need].flat(), run };
}

/** The cases of a topic, each a sentence that the adapter must make true. */
export function suite<S extends AnySchema>(
  name: string,
  fixture: Fixture<S>,
  cases: Readonly<Record<string, Run<RegistryIn<S>> | Requiring<RegistryIn<S>>>>,
): Suite {
  const all = Object.entries(cases).map(([title, given]): SuiteCase => {
    const { needs, run } = typeof given === "function" ? { needs: [], run: given } : given;
    return { name: `${name}: ${title}`, needs, run: (open, strategy) => runCase(open, fixture, run, strategy) };
  });
  return { name, cases: all };
}

async function runCase<S extends AnySchema>(
  open: OpenAdapter,
  fixture: Fixture<S>,
  run: Run<RegistryIn<S>>,
  strategy: Strategy | undefined,
) {
  const opened: Database<RegistryIn<S>>[] = [];
  let inside: Strategy = "separate";
  const openFixture = async (options: DatabaseOptions) => {
    const forced = strategy === undefined ? options : { relationStrategy: strategy, ...options };
    const adapter = await open();
    inside = adapter.capabilities.relations.find((one) => one !== "separate") ?? inside;
    const db: Database<RegistryIn<S>> = createDatabase(fixture.schema, adapter, forced);
    opened.push(db);
    await makeTables(open, fixture.schema, db);
    await fixture.seed(db);
    return db;
  };
  try {
    const db = await openFixture({});
    await run({
      db,
      open: openFixture,
      strategy: strategy ?? "separate",
      inside,
      sent: (body) => sent(db, body),
      refused: (kind, body) => refused(db, kind, body),
    });
  } finally {
    for (const db of opened) await db.close();
  }
}

async function sent<R>(db: Database<R>, body: () => unknown): Promise<readonly QueryEvent[]> {
  const events: QueryEvent[] = [];
  const stop = db.on("query", (event) => events.push(event));
  try {
    await body();
  } finally {
    stop();
  }
  return events;
}

async function refused<R, E extends MortiseError>(
  db: Database<R>,
  kind: new (...given: never[]) => E,
  body: () => unknown,
): Promise<E> {
  const executed: string[] = [];
  const stop = [
    db.on("query", ({ sql }) => executed.push(sql)),
    // What the driver said is the cause of our error; without one nothing came to the driver.
    db.on("error", ({ sql, error }) => error instanceof Error && error.cause !== undefined && executed.push(sql)),
  ];
  const error = await thrownBy(body);
  for (const end of stop) end();
  if (!(error instanceof kind)) throw error;
  expect(executed).toEqual([]);
  return error;
}

/** What a body throws or rejects with. */
async function thrownBy(body: () => unknown): Promise<unknown> {
  try {
    const result = await body();
    return new Error(`An error was expected, but the call gave ${JSON.stringify(result)}.`);
  } catch (error) {
    return error;
  }
}
