import { MigrationError } from "@mortise/core/adapter";
import { isSame, qualifiedName, type Change, type SchemaAdapter, type SchemaState } from "@mortise/core/state";
import { isJournal } from "../diff/diff-states.ts";
import { planWithStates } from "../apply/run-plan.ts";
import { placeOfChange } from "../plan/change-place.ts";
import { renderMigration } from "../render/render-migration.ts";

/** The database as it is, as one migration. */
export interface WholeSource {
  readonly source: string;
  /** What Mortise has no word for, so that it is not in the migration. */
  readonly missing: readonly string[];
}

/** Writes the migration that makes all that is there; what models ask for in the same way is said in their words. */
export async function wholeSource(
  held: SchemaAdapter,
  desired: SchemaState,
  replaces: readonly string[],
): Promise<WholeSource> {
  const { actual, changes } = await planWithStates(held, desired, {});
  const tables = actual.tables.filter((table) => !isJournal(table));
  const other = new Set(changes.map(placeOfChange));
  const asked = { ...desired, tables: desired.tables.filter((table) => !other.has(qualifiedName(table))) };
  const made: readonly Change[] = [
    ...actual.enums.map((type): Change => ({ kind: "createEnum", type })),
    ...tables.map((table): Change => ({ kind: "createTable", table })),
  ];
  const missing = [
    ...actual.unmanaged.map(({ kind, name }) => `${kind} ${name}`),
    ...tables.flatMap((table) =>
      table.unmanaged
        .filter(({ unfinished }) => unfinished !== true)
        .map(({ kind, name }) => `${kind} ${name} of ${qualifiedName(table)}`),
    ),
  ];
  const isAlone = false;
  const source = renderMigration({
    changes: made,
    asked: sameTables(asked, tables),
    wanted: actual,
    acknowledge: [],
    isAlone,
    replaces,
    isWhole: true,
  });
  return { source, missing };
}

/** Tables of models that have nothing but what the models say, under the same names. */
function sameTables(asked: SchemaState, actual: SchemaState["tables"]): SchemaState {
  const namesOf = ({ columns, uniques, indexes, foreignKeys }: SchemaState["tables"][number]): readonly string[] =>
    Object.entries({ columns, uniques, indexes, foreignKeys })
      .flatMap(([kind, list]) => list.map(({ name = "" }) => `${kind} ${name}`))
      .toSorted((a, b) => (a < b ? -1 : 1));
  const isThere = (table: SchemaState["tables"][number]): boolean => {
    const found = actual.find((one) => qualifiedName(one) === qualifiedName(table));
    return found !== undefined && isSame(namesOf(found), namesOf(table));
  };
  return { ...asked, tables: asked.tables.filter(isThere) };
}

/** Refuses to write less than what is there. */
export function requireNothingMissing({ missing }: WholeSource, what: string): void {
  if (missing.length === 0) return;
  throw new MigrationError(
    `The database has what Mortise has no word for, so ${what} would lose it: ${missing.join(", ")}. Nothing was changed.`,
  );
}
