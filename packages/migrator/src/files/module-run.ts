import { qualifiedName, type Change, type SchemaAdapter, type SchemaState } from "@mortise/core/state";
import { stateAfter } from "@mortise/core/state";
import { refuse } from "../apply/failure.ts";
import { emptyDraft, findTable } from "../builder/draft-state.ts";
import { findColumn } from "../builder/edit-columns.ts";
import { editSchema, piecesOf, type StateEdit } from "../builder/edit-schema.ts";
import type { Engine } from "../builder/edit-table.ts";
import { planEdits, type Batch } from "../builder/plan-edits.ts";
import type { SchemaQueue } from "../builder/schema-builder.ts";
import type { SchemaEdit } from "../builder/table-edit.ts";
import type { TablePlace } from "../builder/table-name.ts";
import { diffStates } from "../diff/diff-states.ts";
import { requireAcknowledged } from "../plan/acknowledgement.ts";
import { countRows } from "../plan/count-rows.ts";
import type { Ledger } from "./statement-ledger.ts";

export interface ModuleRunOptions {
  readonly held: SchemaAdapter;
  readonly columns: readonly string[];
  readonly namespaces: readonly string[];
  readonly acknowledge: readonly string[];
  /** In the forms that let others go on meanwhile. */
  readonly online: boolean;
  readonly ledger: Ledger;
  /** For a look at what would be done: the database as it would be by then. */
  readonly foreseen: SchemaState | undefined;
  readonly isDry: boolean;
}

/** One way of a migration as it runs: collects what is said to its schema builder, and makes it. */
export class ModuleRun implements SchemaQueue {
  readonly #options: ModuleRunOptions;
  readonly #engine: Engine;
  readonly #namespaces: Set<string>;
  #pending: SchemaEdit[] = [];
  #state: SchemaState | undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ModuleRunOptions) {
    this.#options = options;
    this.#engine = { schema: options.held, columns: options.columns };
    this.#namespaces = new Set(options.namespaces);
    this.#state = options.foreseen;
  }

  /** The database as the run left it, where that is foreseen. */
  get foreseen(): SchemaState | undefined {
    return this.#state;
  }

  add(edit: SchemaEdit): void {
    this.#pending.push(edit);
    if ("table" in edit) this.#see(edit.table.namespace);
  }

  async hasTable(table: TablePlace): Promise<boolean> {
    return findTable(await this.#answer(table), table, this.#engine.schema.foldName) !== undefined;
  }

  async hasColumn(place: TablePlace, column: string): Promise<boolean> {
    const fold = this.#engine.schema.foldName;
    const table = findTable(await this.#answer(place), place, fold);
    return table !== undefined && findColumn(table, column, fold) !== undefined;
  }

  /** Before a statement that is not ours: what it does to the schema is looked at afterwards. */
  before(): Promise<void> | undefined {
    return this.flush().then(() => this.#forget());
  }

  /** Makes what was said so far, one flush after the other. */
  flush(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#makeAll());
    return this.#turn;
  }

  #see(namespace: string | undefined): void {
    if (namespace === undefined || this.#namespaces.has(namespace)) return;
    this.#namespaces.add(namespace);
    this.#forget();
  }

  #forget(): void {
    if (!this.#options.isDry) this.#state = undefined;
  }

  /** The state after everything that was said: only what raw statements do has to be made first. */
  async #answer({ namespace }: TablePlace): Promise<SchemaState> {
    this.#see(namespace);
    const edits = this.#pending.filter((edit): edit is StateEdit => edit.kind !== "raw");
    if (edits.length < this.#pending.length && !this.#options.isDry) {
      await this.flush();
      return this.#observe();
    }
    const draft = emptyDraft(await this.#observe());
    return edits.reduce((one, edit) => editSchema(one, edit, this.#engine), draft).state;
  }

  async #observe(): Promise<SchemaState> {
    if (this.#state !== undefined) return this.#state;
    const { held, ledger } = this.#options;
    const recalled = ledger.recall();
    if (recalled !== undefined) return (this.#state = recalled);
    const found = await held.normalise(await held.inspect({ namespaces: [...this.#namespaces] }));
    await ledger.remember(found);
    return (this.#state = found);
  }

  async #makeAll(): Promise<void> {
    while (this.#pending.length > 0) {
      const at = this.#pending.findIndex(({ kind }) => kind === "raw");
      const raw = this.#pending[0];
      if (at === 0 && raw?.kind === "raw") {
        this.#pending.shift();
        await this.#runRaw(raw.sql);
      } else {
        const taken = at === -1 ? this.#pending : this.#pending.slice(0, at);
        const later = at === -1 ? [] : this.#pending.slice(at);
        const edits = taken.flatMap((edit) => (edit.kind === "raw" ? [] : piecesOf(edit, this.#engine)));
        const { held, online } = this.#options;
        const batch = await planEdits(await this.#observe(), edits, this.#engine, held, online);
        this.#pending = [...batch.rest, ...later];
        await this.#runBatch(batch);
      }
    }
  }

  async #runRaw(sql: string): Promise<void> {
    const { held, ledger } = this.#options;
    const statements = held.script(sql);
    for (const [at, statement] of statements.entries()) {
      await ledger.make(held.describe(statement), statements.length - at - 1, () => held.run(statement));
    }
    this.#forget();
  }

  async #runBatch(batch: Batch): Promise<void> {
    const { held, ledger, acknowledge } = this.#options;
    const { plan } = batch;
    if (plan.refused.length > 0) throw refuse(plan);
    if (!this.#options.isDry && !(await this.#isBegun(batch))) {
      requireAcknowledged(await countRows(plan, held), acknowledge);
      await held.ready?.(plan.steps.map(({ change }) => change));
    }
    const counts = plan.steps.map(({ statements }) => statements.length);
    for (const [at, step] of plan.steps.entries()) {
      const statements = held.render(step.change);
      const later = counts.slice(at + 1).reduce((sum, count) => sum + count, 0);
      for (const [index, statement] of statements.entries()) {
        const left = statements.length - index - 1;
        const run = async (): Promise<void> => {
          if (left === 0 && ledger.isDoubtful() && (await this.#isThere(batch, at))) return;
          await held.run(statement);
        };
        await ledger.make(held.describe(statement), later + left, run);
      }
    }
    this.#state = this.#options.isDry ? batch.after : undefined;
    if (!this.#options.isDry) await this.#dropLeftovers(batch);
  }

  /** An index that served a foreign key shows itself when the key is gone, and goes with it. */
  async #dropLeftovers({ plan, after }: Batch): Promise<void> {
    const { held, ledger } = this.#options;
    const freed = plan.steps.flatMap(({ change }) =>
      change.kind === "dropForeignKey" ? [qualifiedName({ name: change.table, namespace: change.namespace })] : [],
    );
    if (freed.length === 0) return;
    const { diff } = diffStates(onlyTables(await this.#observe(), freed), onlyTables(after, freed), held, {
      drop: true,
    });
    const indexes = diff.changes.filter(({ kind }) => kind === "dropIndex");
    const statements = indexes.flatMap((change) => held.render(change));
    for (const [at, statement] of statements.entries()) {
      await ledger.make(held.describe(statement), statements.length - at - 1, () => held.run(statement));
    }
    if (statements.length > 0) this.#state = undefined;
  }

  /** Whether an earlier run made something of a batch: it has counted the rows, and the tables may have other names by now. */
  async #isBegun(batch: Batch): Promise<boolean> {
    const { ledger } = this.#options;
    if (ledger.isMade()) return true;
    return ledger.isDoubtful() && batch.plan.steps.length > 0 && (await this.#isThere(batch, 0));
  }

  /** Whether an earlier run made a step and was cut off before it wrote that down: the database is then as after it. */
  async #isThere({ plan, renamed }: Batch, at: number): Promise<boolean> {
    const { held } = this.#options;
    const changes = plan.steps.slice(0, at + 1).map(({ change }) => change);
    const last = changes.at(-1);
    if (last === undefined) return false;
    const live = await held.normalise(await held.inspect({ namespaces: [...this.#namespaces] }));
    if (last.kind === "renameTable" || last.kind === "renameColumn") return isRenamed(last, changes, live);
    const places = placesOf(last);
    const then = stateAfter(renamed, changes);
    const { diff } = diffStates(onlyTables(live, places), onlyTables(then, places), held, { drop: true });
    return diff.changes.length === 0;
  }
}

function onlyTables(state: SchemaState, names: readonly string[]): SchemaState {
  return { ...state, tables: state.tables.filter((table) => names.includes(qualifiedName(table))) };
}

/** Whether what is renamed is there under its new name only. */
function isRenamed(
  rename: Extract<Change, { readonly kind: "renameTable" | "renameColumn" }>,
  changes: readonly Change[],
  { tables }: SchemaState,
): boolean {
  const { from, to, namespace } = rename;
  const tablesCalled = (name: string): SchemaState["tables"] =>
    tables.filter((table) => qualifiedName(table) === qualifiedName({ name, namespace }));
  if (rename.kind === "renameTable") return tablesCalled(to).length > 0 && tablesCalled(from).length === 0;
  const names = changes.flatMap((change) =>
    change.kind === "renameTable" && (change.from === rename.table || change.to === rename.table)
      ? [change.from, change.to]
      : [],
  );
  const columns = [rename.table, ...names].flatMap(tablesCalled)[0]?.columns ?? [];
  return columns.some(({ name }) => name === to) && !columns.some(({ name }) => name === from);
}

function placesOf(change: Change): readonly string[] {
  if (change.kind === "createTable" || change.kind === "dropTable") return [qualifiedName(change.table)];
  return "table" in change ? [qualifiedName({ name: change.table, namespace: change.namespace })] : [];
}
