import { qualifiedName, type Change, type EnumState, type SchemaAdapter, type SchemaState } from "@mortise/core/state";
import { diffStates } from "../diff/diff-states.ts";
import type { RenameHint } from "../diff/rename-hint.ts";
import { planChanges, type Plan } from "../plan/plan-changes.ts";
import { columnKey, emptyDraft, tableKey, type Draft } from "./draft-state.ts";
import { editSchema, takesFreed, type StateEdit } from "./edit-schema.ts";
import type { Engine } from "./edit-table.ts";

/** What can be planned at once, and what has to wait until it is made. */
export interface Batch {
  readonly plan: Plan;
  readonly rest: readonly StateEdit[];
  /** The database after the renames of the plan, and after all of it. */
  readonly renamed: SchemaState;
  readonly after: SchemaState;
}

/**
 * The steps of a migration's edits from the database as it is. Its tables, changed as the edits say, are compared with what they are, so
 * that edits become the same changes as a difference of models.
 */
export async function planEdits(
  actual: SchemaState,
  edits: readonly StateEdit[],
  engine: Engine,
  schema: SchemaAdapter,
  online: boolean,
): Promise<Batch> {
  let draft = emptyDraft(actual);
  let taken = 0;
  for (const edit of edits) {
    if (takesFreed(draft, edit, engine)) break;
    draft = editSchema(draft, edit, engine);
    taken += 1;
  }
  const changes = await changesOf(actual, draft, edits.slice(0, taken), schema);
  const plan = planChanges({ changes: changes.all, kept: [] }, schema, changes.renamed, {
    acknowledge: ["all"],
    online,
  });
  return { plan, rest: edits.slice(taken), renamed: changes.renamed, after: settled(changes.desired) };
}

async function changesOf(
  actual: SchemaState,
  draft: Draft,
  edits: readonly StateEdit[],
  schema: SchemaAdapter,
): Promise<{ readonly all: readonly Change[]; readonly renamed: SchemaState; readonly desired: SchemaState }> {
  const desired = await schema.normalise(withColumnEnums(draft.state));
  const { diff, renamed } = diffStates(actual, desired, schema, { drop: true }, hintsOf(draft));
  const fold = schema.foldName;
  const found = diff.changes.map((change): Change => {
    if (change.kind !== "addColumn") return change;
    const place = { name: change.table, namespace: change.namespace };
    const position = draft.positions.get(columnKey(place, change.column.name, fold));
    return position === undefined ? change : { ...change, position };
  });
  const isDropped = (key: string): boolean =>
    found.some((change) => change.kind === "dropTable" && tableKey(change.table, fold) === key);
  const drops = draft.dropped
    .filter((table) => !isDropped(tableKey(table, fold)))
    .map((table): Change => ({ kind: "dropTable", table }));
  const types = draft.droppedEnums.map((type): Change => ({ kind: "dropEnum", type }));
  return { all: [...outside(edits), ...lostEnums(edits, desired), ...found, ...drops, ...types], renamed, desired };
}

/** A state whose renames are made. */
function settled(state: SchemaState): SchemaState {
  const tables = state.tables.map((table) => ({
    ...table,
    renamedFrom: undefined,
    columns: table.columns.map((column) => ({ ...column, renamedFrom: undefined })),
  }));
  return { ...state, tables };
}

/** What is in no state: namespaces and extensions. */
function outside(edits: readonly StateEdit[]): readonly Change[] {
  return edits.flatMap((edit): readonly Change[] => {
    switch (edit.kind) {
      case "createNamespace":
      case "dropNamespace":
      case "createExtension":
        return [{ kind: edit.kind, name: edit.name }];
      default:
        return [];
    }
  });
}

/** Types that the engine forgets: it has none, and says so. */
function lostEnums(edits: readonly StateEdit[], { enums }: SchemaState): readonly Change[] {
  return edits.flatMap((edit): readonly Change[] => {
    if (edit.kind !== "createEnum" || enums.some(({ name }) => name === edit.name)) return [];
    return [{ kind: "createEnum", type: { name: edit.name, namespace: undefined, values: edit.values } }];
  });
}

/** The types that columns name are made with them. */
function withColumnEnums(state: SchemaState): SchemaState {
  const asked = state.tables.flatMap(({ columns }) =>
    columns.flatMap(({ type }): readonly EnumState[] =>
      type?.kind === "enum" && type.native !== undefined
        ? [{ name: type.native, namespace: undefined, values: type.values }]
        : [],
    ),
  );
  const known = new Map(state.enums.map((type) => [qualifiedName(type), type]));
  for (const type of asked) if (!known.has(qualifiedName(type))) known.set(qualifiedName(type), type);
  return { ...state, enums: [...known.values()] };
}

function hintsOf({ indexRenames, labelRenames }: Draft): readonly RenameHint[] {
  return [
    ...indexRenames.map(({ table, from, to }) => ({ text: `${table}.${from}:${to}`, table, object: from, to })),
    ...labelRenames.map(({ type, from, to }) => ({ text: `${type}.${from}:${to}`, table: type, object: from, to })),
  ];
}
