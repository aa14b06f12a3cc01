import {
  isSame,
  qualifiedName,
  type Change,
  type EnumState,
  type SchemaState,
  type TableState,
} from "@mortise/core/state";
import { applyRenames } from "./apply-renames.ts";
import { diffTable } from "./diff-table.ts";
import type { Fold } from "./match.ts";
import { parseHint, withHints, type RenameHint } from "./rename-hint.ts";
import type { DiffOptions, DiffRules, Extra, KeptObject, StateDiff } from "./schema-diff.ts";

/**
 * What has to change for a database to be as the schema asks. Both states are in the adapter's normal form.
 *
 * Pure. Objects that the schema does not name are listed as kept, unless `drop` asks for their removal; what Mortise does not manage,
 * or does not understand, is always kept.
 */
export function diffStates(
  actual: SchemaState,
  desired: SchemaState,
  rules: DiffRules,
  options: DiffOptions = {},
  given: readonly RenameHint[] = [],
): StateDiff {
  const fold = rules.foldName;
  const hints = [...given, ...(options.rename ?? []).map((text) => parseHint(text, actual, desired, fold))];
  const wanted = withHints(desired, hints, fold);
  const renamed = applyRenames(actual, wanted, rules);
  const left = new Map(renamed.state.tables.map((table) => [tableKey(table, fold), table]));
  const changes: Change[] = [...diffEnums(actual.enums, wanted.enums, hints), ...renamed.changes];
  const kept: KeptObject[] = [];
  const extra: Extra[] = [];
  for (const table of wanted.tables) {
    const existing = left.get(tableKey(table, fold));
    left.delete(tableKey(table, fold));
    if (existing === undefined) {
      changes.push({ kind: "createTable", table });
      continue;
    }
    const diff = diffTable(existing, table, rules, hints);
    changes.push(...diff.changes);
    extra.push(...diff.extra);
    kept.push(...diff.kept);
  }
  const gone = [...left.values()].filter((table) => !isJournal(table)).map(extraTable);
  const drops = options.drop === true ? [...extra, ...gone].filter(({ drop }) => isDroppable(drop)) : [];
  const stay = [...gone, ...extra].filter((one) => !drops.includes(one)).map((one) => one.kept);
  return {
    diff: {
      changes: [...changes, ...drops.map(({ drop }) => drop)],
      kept: [...stay, ...kept, ...keptOutside(actual, wanted)],
    },
    renamed: renamed.state,
  };
}

function keptOutside(actual: SchemaState, desired: SchemaState): readonly KeptObject[] {
  const wanted = new Set(desired.enums.map(qualifiedName));
  const types = actual.enums.filter((type) => !wanted.has(qualifiedName(type)));
  return [
    ...types.map((type) => ({ kind: "type", table: undefined, name: qualifiedName(type) })),
    ...actual.unmanaged.map(({ kind, name }) => ({ kind, table: undefined, name })),
  ];
}

function diffEnums(
  actual: readonly EnumState[],
  desired: readonly EnumState[],
  hints: readonly RenameHint[],
): readonly Change[] {
  const existing = new Map(actual.map((type) => [qualifiedName(type), type]));
  return desired.flatMap((to): readonly Change[] => {
    const from = existing.get(qualifiedName(to));
    if (from === undefined) return [{ kind: "createEnum", type: to }];
    if (isSame(from.values, to.values)) return [];
    const renames = hints.flatMap(({ table, object, to: label }) =>
      table === to.name && object !== undefined && from.values.includes(object) && !from.values.includes(label)
        ? [{ from: object, to: label }]
        : [],
    );
    return [{ kind: "alterEnum", from, to, renames, uses: [] }];
  });
}

function extraTable(table: TableState): Extra {
  return {
    kept: { kind: "table", table: undefined, name: qualifiedName(table) },
    drop: { kind: "dropTable", table },
  };
}

/** A table with something in it that Mortise does not manage is not Mortise's to drop. */
function isDroppable(drop: Change): boolean {
  return drop.kind !== "dropTable" || drop.table.unmanaged.length === 0;
}

/** The migrator's journal, whatever it is called. */
export function isJournal({ columns }: TableState): boolean {
  const names = columns.map(({ name }) => name.toLowerCase());
  return ["name", "batch", "done", "total", "checksum", "done_hash", "made_at"].every((name) => names.includes(name));
}

function tableKey({ namespace, name }: TableState, fold: Fold): string {
  return JSON.stringify([namespace === undefined ? null : fold(namespace), fold(name)]);
}
