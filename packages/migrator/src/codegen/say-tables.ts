import { MortiseError } from "@mortise/core/adapter";
import {
  derivedName,
  isSame,
  type CheckState,
  type ColumnState,
  type SaidType,
  type SchemaAdapter,
  type SchemaState,
  type TableState,
} from "@mortise/core/state";
import { defaultSayings, defaultState } from "./say-default.ts";
import type { SaidColumn, SaidTable } from "./pulled.ts";

/** A database as it spells itself, and the same tables in normal form. */
export interface SeenDatabase {
  readonly inspected: SchemaState;
  readonly normal: SchemaState;
}

/** What is tried for one column: the first choice that comes out as the database has it is taken. */
interface Trial<T> {
  readonly choices: readonly T[];
  at: number;
  done: boolean;
}

type Say = (column: ColumnState, place: number) => ColumnState;
type IsRight = (asked: ColumnState, actual: ColumnState) => boolean;

/**
 * Finds words of the model language for every column. Nothing is guessed: what is said is shown to the adapter, and stands only when its normal
 * form is what the database has. The last resort is the database's own words for a type or a default.
 */
export async function sayTables(
  schema: SchemaAdapter,
  typesOf: NonNullable<SchemaAdapter["typesOf"]>,
  { inspected, normal: state }: SeenDatabase,
): Promise<readonly SaidTable[]> {
  const types = await choose(schema, state, {
    choices: (column, table, at, place) => typesOf(inspected.tables[at]?.columns[place] ?? column, table, inspected),
    say: (column, said) => ({ ...column, type: said.type, databaseType: undefined, default: undefined }),
    isRight: (asked, actual) => asked.databaseType === actual.databaseType,
  });
  const typed = (table: number, place: number): SaidType => types[table]?.[place] ?? ownWords;
  const defaults = await choose(schema, state, {
    choices: (column, table, at, place) => defaultSayings(column, typed(at, place)),
    say: (column, said, at, place) => ({
      ...column,
      type: typed(at, place).type,
      databaseType: undefined,
      default: said && defaultState(said),
    }),
    isRight: (asked, actual) => isSame(asked.default, actual.default),
  });
  const said = state.tables.map((table, at) => ({
    table,
    columns: table.columns.map((_, place): SaidColumn => ({ said: typed(at, place), default: defaults[at]?.[place] })),
  }));
  const implied = await impliedChecks(schema, state, said);
  return said.map((one, at) => ({
    ...one,
    checks: one.table.checks.filter(({ expression }) => implied[at]?.has(expression) !== true),
  }));
}

const ownWords: SaidType = { type: { kind: "any" } };

interface Rules<T> {
  readonly choices: (column: ColumnState, table: TableState, at: number, place: number) => readonly T[];
  readonly say: (column: ColumnState, said: T, at: number, place: number) => ColumnState;
  readonly isRight: IsRight;
}

async function choose<T>(
  schema: SchemaAdapter,
  state: SchemaState,
  { choices, say, isRight }: Rules<T>,
): Promise<readonly (readonly (T | undefined)[])[]> {
  const trials = state.tables.map((table, at) =>
    table.columns.map((column, place): Trial<T> => {
      const known = choices(column, table, at, place);
      return { choices: known, at: 0, done: known.length < 2 };
    }),
  );
  while (trials.some((columns) => columns.some(({ done }) => !done))) {
    await tryOnce(
      schema,
      state,
      trials,
      (table) => (column, place) => {
        const trial = trials[table]?.[place];
        const said = trial?.choices[trial.at];
        return said === undefined ? column : say(column, said, table, place);
      },
      isRight,
    );
  }
  return trials.map((columns) => columns.map(({ choices: known, at }) => known[at]));
}

/** Shows the adapter all tables with open questions; what does not come out right goes on to its next choice. */
async function tryOnce(
  schema: SchemaAdapter,
  state: SchemaState,
  trials: readonly (readonly Trial<unknown>[])[],
  sayIn: (table: number) => Say,
  isRight: IsRight,
): Promise<void> {
  const open = [...state.tables.keys()].filter((at) => trials[at]?.some(({ done }) => !done));
  const asked = await normalForms(
    schema,
    state,
    open.map((at) => withColumns(tableAt(state, at), sayIn(at))),
  );
  for (const [number, at] of open.entries()) {
    const actual = tableAt(state, at);
    const found = asked[number];
    const stray = found === undefined ? [] : strayChecks(found, actual);
    for (const [place, trial] of (trials[at] ?? []).entries()) {
      const [mine, theirs] = [found?.columns[place], actual.columns[place]];
      if (trial.done || theirs === undefined) continue;
      const implies = stray.some(({ name }) => name === derivedName(actual.name, [theirs.name], "check"));
      trial.done = mine !== undefined && !implies && isRight(mine, theirs);
      if (!trial.done) trial.at += 1;
      if (trial.at === trial.choices.length - 1) trial.done = true;
    }
  }
}

function tableAt({ tables }: SchemaState, at: number): TableState {
  const table = tables[at];
  if (table === undefined) throw new RangeError("No such table.");
  return table;
}

/** The table with what its columns' types imply, and without what is said elsewhere. */
function withColumns(table: TableState, say: Say): TableState {
  return { ...table, columns: table.columns.map(say), checks: [], indexes: [], uniques: [], foreignKeys: [] };
}

/** All at once, or where the adapter refuses something, one by one; `undefined` for what it refuses. */
async function normalForms(
  schema: SchemaAdapter,
  state: SchemaState,
  tables: readonly TableState[],
): Promise<readonly (TableState | undefined)[]> {
  const whole = await normalForm(schema, state, tables);
  if (whole !== undefined || tables.length < 2) return whole ?? [undefined];
  const each: (TableState | undefined)[] = [];
  for (const table of tables) each.push((await normalForm(schema, state, [table]))?.[0]);
  return each;
}

async function normalForm(
  schema: SchemaAdapter,
  state: SchemaState,
  tables: readonly TableState[],
): Promise<readonly TableState[] | undefined> {
  try {
    return (await schema.normalise({ ...state, tables })).tables;
  } catch (error) {
    if (error instanceof MortiseError) return undefined;
    throw error;
  }
}

/** Checks that the types of the columns bring along and the database does not have. */
function strayChecks(asked: TableState, actual: TableState): readonly CheckState[] {
  return asked.checks.filter(
    (check) => !actual.checks.some((one) => one.name === check.name && one.expression === check.expression),
  );
}

/** The checks that the chosen types bring along, by table. */
async function impliedChecks(
  schema: SchemaAdapter,
  state: SchemaState,
  said: readonly Omit<SaidTable, "checks">[],
): Promise<readonly (ReadonlySet<string> | undefined)[]> {
  const asked = said.map(({ table, columns }) =>
    withColumns(table, (column, place) => {
      const type = columns[place]?.said.type;
      return { ...column, type, databaseType: undefined, default: undefined };
    }),
  );
  const checked = asked.filter((_, at) => said[at]?.table.checks.length !== 0);
  const found = await normalForms(schema, state, checked);
  const byTable = new Map(checked.map((table, at) => [table, found[at]]));
  return asked.map((table) => {
    const normal = byTable.get(table);
    return normal === undefined ? undefined : new Set(normal.checks.map(({ expression }) => expression));
  });
}
