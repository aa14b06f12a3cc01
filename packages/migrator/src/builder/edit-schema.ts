import { assertNever, MigrationError } from "@mortise/core/adapter";
import { qualifiedName, type EnumState, type SchemaState, type TableState } from "@mortise/core/state";
import { columnKey, emptyTable, findTable, requireTable, tableKey, withFreed, type Draft } from "./draft-state.ts";
import { editTable, type Engine } from "./edit-table.ts";
import type { SchemaEdit } from "./table-edit.ts";
import type { TablePlace } from "./table-name.ts";

/** A call of the schema builder that changes the state; `raw` stands apart. */
export type StateEdit = Exclude<SchemaEdit, { readonly kind: "raw" }>;

/** The draft after one call of the schema builder. Pure; what makes no sense is a `MigrationError` that names it. */
export function editSchema(draft: Draft, edit: StateEdit, engine: Engine): Draft {
  switch (edit.kind) {
    case "createTable":
      return createdTable(draft, edit, engine);
    case "alterTable":
      return editTable(draft, edit.table, edit.edits, engine);
    case "dropTable":
      return droppedTable(draft, edit, engine);
    case "renameTable":
      return renamedTable(draft, edit, engine);
    case "createEnum":
      return { ...draft, state: createdEnum(draft.state, edit) };
    case "alterEnum":
      return alteredEnum(draft, edit);
    case "dropEnum":
      return droppedEnum(draft, edit.name);
    case "createNamespace":
    case "dropNamespace":
    case "createExtension":
      return draft;
    default:
      return assertNever(edit);
  }
}

type EditOf<K extends StateEdit["kind"]> = StateEdit & { readonly kind: K };

function createdTable(draft: Draft, { table, edits }: EditOf<"createTable" | "alterTable">, engine: Engine): Draft {
  if (findTable(draft.state, table, engine.schema.foldName) !== undefined)
    throw new MigrationError(`The table "${qualifiedName(table)}" is there already.`);
  const tables = [...draft.state.tables, emptyTable(table)];
  const made = editTable({ ...draft, state: { ...draft.state, tables } }, table, edits, engine);
  return { ...made, positions: draft.positions, freed: draft.freed };
}

function droppedTable(draft: Draft, { table, ifExists }: EditOf<"dropTable">, { schema }: Engine): Draft {
  const found = findTable(draft.state, table, schema.foldName);
  if (found === undefined && ifExists) return draft;
  const gone = found ?? requireTable(draft.state, table, schema.foldName);
  const tables = draft.state.tables.filter((one) => one !== gone);
  const next = { ...draft, state: { ...draft.state, tables }, dropped: [...draft.dropped, gone] };
  return withFreed(next, tableKey(gone, schema.foldName));
}

function renamedTable(draft: Draft, { table: place, to }: EditOf<"renameTable">, { schema }: Engine): Draft {
  const fold = schema.foldName;
  const table = requireTable(draft.state, place, fold);
  const target: TablePlace = { name: to, namespace: table.namespace };
  if (findTable(draft.state, target, fold) !== undefined)
    throw new MigrationError(`The table "${qualifiedName(target)}" is there already.`);
  const tables = draft.state.tables.map((one): TableState => {
    const own = one === table ? { ...one, name: to, renamedFrom: one.renamedFrom ?? one.name } : one;
    return { ...own, foreignKeys: own.foreignKeys.map((key) => pointing(key, table, to)) };
  });
  return withFreed({ ...draft, state: { ...draft.state, tables } }, tableKey(table, fold));
}

function pointing(key: TableState["foreignKeys"][number], target: TableState, to: string): typeof key {
  const { references } = key;
  if (references.table !== target.name || references.namespace !== target.namespace) return key;
  return { ...key, references: { ...references, table: to } };
}

function createdEnum(state: SchemaState, { name, values }: EditOf<"createEnum">): SchemaState {
  if (state.enums.some((type) => type.name === name && type.namespace === undefined))
    throw new MigrationError(`The type "${name}" is there already.`);
  return { ...state, enums: [...state.enums, { name, namespace: undefined, values }] };
}

function alteredEnum(draft: Draft, { name, values, renames }: EditOf<"alterEnum">): Draft {
  const isIt = (type: EnumState): boolean => type.name === name;
  const { enums } = draft.state;
  if (!enums.some(isIt)) throw new MigrationError(`There is no type "${name}" to change.`);
  const labels = Object.entries(renames).map(([from, to]) => ({ type: name, from, to }));
  return {
    ...draft,
    state: { ...draft.state, enums: enums.map((type) => (isIt(type) ? { ...type, values } : type)) },
    labelRenames: [...draft.labelRenames, ...labels],
  };
}

function droppedEnum(draft: Draft, name: string): Draft {
  const gone = draft.state.enums.filter((type) => type.name === name);
  if (gone.length === 0) throw new MigrationError(`There is no type "${name}" to drop.`);
  const enums = draft.state.enums.filter((type) => type.name !== name);
  return { ...draft, state: { ...draft.state, enums }, droppedEnums: [...draft.droppedEnums, ...gone] };
}

/** Whether an edit takes a name that something has that shall go first: it then belongs to the next batch. */
export function takesFreed({ freed }: Draft, edit: StateEdit, { schema }: Engine): boolean {
  const fold = schema.foldName;
  if (freed.size === 0) return false;
  switch (edit.kind) {
    case "createTable":
      return freed.has(tableKey(edit.table, fold));
    case "renameTable":
      return freed.has(tableKey({ ...edit.table, name: edit.to }, fold));
    case "alterTable":
      return edit.edits.some((one) => {
        if (one.kind === "addColumn") return freed.has(columnKey(edit.table, one.column.name, fold));
        return one.kind === "renameColumn" && freed.has(columnKey(edit.table, one.to, fold));
      });
    default:
      return false;
  }
}

/** The edits of one call in pieces, cut where a column takes a name that becomes free in the same call. */
export function piecesOf(edit: StateEdit, { schema }: Engine): readonly StateEdit[] {
  if (edit.kind !== "alterTable") return [edit];
  const pieces: StateEdit[] = [];
  let piece: (typeof edit.edits)[number][] = [];
  const freed = new Set<string>();
  for (const one of edit.edits) {
    const taken = one.kind === "addColumn" ? one.column.name : one.kind === "renameColumn" ? one.to : undefined;
    if (taken !== undefined && freed.has(schema.foldName(taken))) {
      pieces.push({ ...edit, edits: piece });
      piece = [];
      freed.clear();
    }
    if (one.kind === "dropColumn") freed.add(schema.foldName(one.name));
    if (one.kind === "renameColumn") freed.add(schema.foldName(one.from));
    piece.push(one);
  }
  return [...pieces, { ...edit, edits: piece }];
}
