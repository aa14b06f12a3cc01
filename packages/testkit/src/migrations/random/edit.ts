import fc from "fast-check";
import { withColumn, withTable, type Draft, type DraftColumn, type DraftTable } from "./draft.ts";
import { isComputed, isKind, kindOf, kinds, type KindName } from "./draft-kinds.ts";

/** A change as a person would make it in a model; the numbers choose among what is there. */
export interface Edit {
  readonly what: keyof typeof edits;
  readonly table: number;
  readonly column: number;
  readonly choice: number;
}

/** What may not be done to the first table, as things that nobody declared stand on it. */
const keepsFirst: ReadonlySet<string> = new Set(["dropTable", "renameTable"]);

const kindNames = Object.keys(kinds).filter(isKind);

/** The draft after an edit; the same draft where the edit has no place. */
export function edited(draft: Draft, edit: Edit): Draft {
  if (edit.what === "addTable") return addTable(draft, edit);
  const at = draft.tables.length === 0 ? 0 : edit.table % draft.tables.length;
  const table = draft.tables[at];
  if (table === undefined || (at === 0 && keepsFirst.has(edit.what))) return draft;
  return { ...edits[edit.what](draft, table, edit), next: draft.next + 1 };
}

type Apply = (draft: Draft, table: DraftTable, edit: Edit) => Draft;

/** Edits of one column, which is looked up first. */
function ofColumn(change: (column: DraftColumn, table: DraftTable, edit: Edit, next: number) => DraftColumn): Apply {
  return (draft, table, edit) => {
    const column = pick(table.columns, edit.column);
    if (column === undefined) return draft;
    return withTable(draft, table.key, (one) =>
      withColumn(one, column.key, () => change(column, table, edit, draft.next)),
    );
  };
}

const edits = {
  addTable: (draft, _table, edit) => addTable(draft, edit),
  dropTable: (draft, { key }) => ({
    ...draft,
    tables: draft.tables
      .filter((table) => table.key !== key)
      .map((table) => ({ ...table, references: table.references.filter((reference) => reference.table !== key) })),
  }),
  renameTable: (draft, { key }) =>
    withTable(draft, key, (table) => ({
      ...table,
      renamedFrom: table.renamedFrom ?? table.name,
      name: `t${draft.next}`,
    })),
  commentTable: (draft, { key }, { choice }) =>
    withTable(draft, key, (table) => ({ ...table, comment: `it's \\ ${choice % 7}` })),
  addColumn: (draft, table, { choice, column }) => {
    const added = newColumn(draft.next, kindNames[choice % kindNames.length] ?? "text", column);
    const isFilled = added.hasDefault || !added.nullable;
    const given = { ...added, hasDefault: isFilled, distinct: !isFilled && added.distinct };
    return withTable(draft, table.key, (one) => ({ ...one, columns: [...one.columns, canFill(given)] }));
  },
  dropColumn: (draft, table, edit) => dropColumn(draft, table, edit),
  renameColumn: ofColumn((column, _table, _edit, next) => ({
    ...column,
    renamedFrom: column.renamedFrom ?? column.name,
    name: `c${next}`,
  })),
  retype: ofColumn((column, _table, { choice }) => {
    const others = kindOf(column.kind).others.filter(isKind);
    const kind = others[choice % Math.max(1, others.length)];
    if (kind === undefined || column.fixed || (column.pinned && !kindOf(kind).indexable)) return column;
    return { ...column, kind };
  }),
  toggleNull: ofColumn((column) => {
    if (isComputed(column.kind) || column.fixed || column.kind === "json") return column;
    if (!column.nullable) return { ...column, nullable: true };
    return column.unique ? column : { ...column, nullable: false, hasDefault: true, distinct: false };
  }),
  // The default of a column without null may be what fills its rows in the same evolution.
  toggleDefault: ofColumn((column) =>
    column.kind === "json" || isComputed(column.kind) || column.fixed || (column.hasDefault && !column.nullable)
      ? column
      : { ...column, hasDefault: !column.hasDefault },
  ),
  toggleUnique: ofColumn((column) => {
    const isPossible = column.distinct && kindOf(column.kind).indexable;
    return column.unique || isPossible ? { ...column, unique: !column.unique, pinned: true } : column;
  }),
  commentColumn: ofColumn((column, _table, { choice }) => ({
    ...column,
    comment: choice % 2 === 0 ? undefined : `a "comment" ${choice % 5}`,
  })),
  addIndex: (draft, table, { column, choice }) => {
    const able = table.columns.filter(({ kind }) => kindOf(kind).indexable);
    const columns = [pick(able, column), pick(able, choice)].flatMap((one) => (one === undefined ? [] : [one.key]));
    if (columns.length === 0) return draft;
    const index = { key: draft.next, columns: [...new Set(columns)], descending: choice % 2 === 0 };
    return withTable(draft, table.key, (one) => ({
      ...one,
      indexes: [...one.indexes, index],
      columns: one.columns.map((other) => (columns.includes(other.key) ? { ...other, pinned: true } : other)),
    }));
  },
  changeIndex: (draft, { key }, { column }) =>
    withTable(draft, key, (table) => {
      const chosen = pick(table.indexes, column);
      const indexes = table.indexes.map((one) => (one === chosen ? { ...one, descending: !one.descending } : one));
      return { ...table, indexes };
    }),
  dropIndex: (draft, { key }, { column }) =>
    withTable(draft, key, (table) => {
      const gone = pick(table.indexes, column);
      return { ...table, indexes: table.indexes.filter((index) => index !== gone) };
    }),
  addCheck: (draft, table, { column, choice }) => {
    const chosen = pick(
      table.columns.filter(({ kind }) => kindOf(kind).numeric),
      column,
    );
    if (chosen === undefined || chosen.fixed) return draft;
    const check = { key: draft.next, column: chosen.key, bound: 1 + (choice % 50) };
    return withTable(draft, table.key, (one) =>
      withColumn({ ...one, checks: [...one.checks, check] }, chosen.key, (other) => ({ ...other, pinned: true })),
    );
  },
  changeCheck: (draft, { key }, { column }) =>
    withTable(draft, key, (table) => {
      const chosen = pick(table.checks, column);
      return { ...table, checks: table.checks.map((one) => (one === chosen ? { ...one, bound: one.bound + 1 } : one)) };
    }),
  dropCheck: (draft, { key }, { column }) =>
    withTable(draft, key, (table) => {
      const gone = pick(table.checks, column);
      return { ...table, checks: table.checks.filter((check) => check !== gone) };
    }),
  addReference: (draft, table, { choice, column }) => {
    const target = pick(draft.tables, choice);
    if (target === undefined) return draft;
    const actions = ["cascade", "set null", "no action"] as const;
    const pointer = {
      ...newColumn(draft.next, "integer", 0),
      nullable: true,
      hasDefault: false,
      distinct: false,
      fixed: true,
    };
    const reference = {
      column: pointer.key,
      table: target.key,
      onDelete: pick(actions, column) ?? "cascade",
    };
    return withTable(draft, table.key, (one) => ({
      ...one,
      columns: [...one.columns, pointer],
      references: [...one.references, reference],
    }));
  },
  changeReference: (draft, { key }, { column, choice }) =>
    withTable(draft, key, (table) => {
      const chosen = pick(table.references, column);
      const onDelete = choice % 2 === 0 ? ("cascade" as const) : ("set null" as const);
      return { ...table, references: table.references.map((one) => (one === chosen ? { ...one, onDelete } : one)) };
    }),
  dropReference: (draft, { key }, { column }) =>
    withTable(draft, key, (table) => {
      const gone = pick(table.references, column);
      return { ...table, references: table.references.filter((one) => one !== gone) };
    }),
} satisfies Readonly<Record<string, Apply>>;

function addTable(draft: Draft, { choice, column }: Edit): Draft {
  const key = draft.next;
  const columns = Array.from({ length: 1 + (column % 3) }, (_, at) =>
    newColumn(key + 1 + at, kindNames[(choice + at * 5) % kindNames.length] ?? "text", choice + at),
  );
  const table: DraftTable = {
    key,
    name: `t${key}`,
    renamedFrom: undefined,
    rows: choice % 5,
    columns,
    indexes: [],
    checks: [],
    references: [],
    comment: undefined,
  };
  return { tables: [...draft.tables, table], next: key + 1 + columns.length };
}

function dropColumn(draft: Draft, table: DraftTable, { column }: Edit): Draft {
  const gone = pick(table.columns, column);
  if (gone === undefined || table.columns.length < 2) return draft;
  return withTable(draft, table.key, (one) => ({
    ...one,
    columns: one.columns.filter((other) => other !== gone),
    indexes: one.indexes.filter((index) => !index.columns.includes(gone.key)),
    checks: one.checks.filter((check) => check.column !== gone.key),
    references: one.references.filter((reference) => reference.column !== gone.key),
  }));
}

function newColumn(key: number, kind: KindName, choice: number): DraftColumn {
  const isSpecial = kind === "json" || isComputed(kind);
  return {
    key,
    name: `c${key}`,
    renamedFrom: undefined,
    kind,
    nullable: isSpecial || choice % 3 !== 0,
    hasDefault: !isSpecial && choice % 2 === 0,
    unique: false,
    distinct: kindOf(kind).distinct,
    pinned: false,
    fixed: false,
    comment: undefined,
  };
}

/** A computed column is filled by itself. */
function canFill(column: DraftColumn): DraftColumn {
  return isComputed(column.kind) || column.kind === "json" ? { ...column, hasDefault: false } : column;
}

function pick<T>(list: readonly T[], at: number): T | undefined {
  return list.length === 0 ? undefined : list[at % list.length];
}

const isEdit = (name: string): name is keyof typeof edits => Object.hasOwn(edits, name);

const number = fc.nat({ max: 1000 });

/** Any edit. */
export const arbitraryEdit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom(...Object.keys(edits).filter(isEdit)),
  table: number,
  column: number,
  choice: number,
});

/** A first schema: a table or three, and something done to them. */
export const arbitraryDraft: fc.Arbitrary<Draft> = fc
  .tuple(
    fc.array(
      arbitraryEdit.map((edit): Edit => ({ ...edit, what: "addTable" })),
      { minLength: 1, maxLength: 3 },
    ),
    fc.array(arbitraryEdit, { maxLength: 5 }),
  )
  .map(([tables, more]) => [...tables, ...more].reduce(edited, { tables: [], next: 1 }));
