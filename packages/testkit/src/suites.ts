import { aggregates } from "./cases/aggregates.ts";
import { arcs } from "./cases/arcs.ts";
import { attach, attachByComposite, attachSoftDeleted } from "./cases/attach.ts";
import { requestBodies } from "./cases/bodies.ts";
import { chunkStream } from "./cases/chunk-stream.ts";
import { listChanges, numberChanges } from "./cases/column-changes.ts";
import { commonTables, recursion } from "./cases/common-tables.ts";
import { counters } from "./cases/counters.ts";
import { cursor } from "./cases/cursor.ts";
import { dates } from "./cases/dates.ts";
import { expressionDefaults } from "./cases/expression-defaults.ts";
import { fetchHooks } from "./cases/fetch-hooks.ts";
import { filters } from "./cases/filters.ts";
import { firstOrCreate } from "./cases/first-or-create.ts";
import { grouping } from "./cases/grouping.ts";
import { groups } from "./cases/groups.ts";
import { insert } from "./cases/insert.ts";
import { joins } from "./cases/joins.ts";
import { json } from "./cases/json.ts";
import { lists } from "./cases/lists.ts";
import { loadInto, loadIntoByComposite } from "./cases/load-into.ts";
import { loading } from "./cases/loading.ts";
import { morphPivots, morphs, morphTargets } from "./cases/morphs.ts";
import { meanings } from "./cases/meanings.ts";
import { names } from "./cases/names.ts";
import { nestedInsert, pivotStamps } from "./cases/nested-insert.ts";
import { nPlusOne } from "./cases/n-plus-one.ts";
import { nullLogic } from "./cases/null-logic.ts";
import { observing } from "./cases/observing.ts";
import { operators } from "./cases/operators.ts";
import { pagination } from "./cases/pagination.ts";
import { compositeKeys, pivots, schemas, selfRelations } from "./cases/pivots.ts";
import { rawText } from "./cases/raw.ts";
import { references } from "./cases/references.ts";
import { reading } from "./cases/reading.ts";
import { related } from "./cases/related.ts";
import { relatedArcs, relatedKinds } from "./cases/related-kinds.ts";
import { relationAggregates } from "./cases/relation-aggregates.ts";
import { relationKeys } from "./cases/relation-keys.ts";
import { relationLimits } from "./cases/relation-limits.ts";
import { savepoints } from "./cases/savepoints.ts";
import { setOperations } from "./cases/set-operations.ts";
import { shape } from "./cases/shape.ts";
import { softDeletes } from "./cases/soft-deletes.ts";
import { strategies, strategiesOfWide, strategiesWithin } from "./cases/strategies.ts";
import { text } from "./cases/text.ts";
import { throughs } from "./cases/through.ts";
import { manualTransactions, transactionCallbacks } from "./cases/transaction-callbacks.ts";
import { transactions } from "./cases/transactions.ts";
import { undefinedValues } from "./cases/undefined.ts";
import { increments, updateDelete } from "./cases/update-delete.ts";
import { upsert } from "./cases/upsert.ts";
import { whereHas } from "./cases/where-has.ts";
import { writeGuards } from "./cases/write-guards.ts";
import { writeHooks } from "./cases/write-hooks.ts";
import type { Suite } from "./suite.ts";

/** Every topic, in the order of the specification. */
export const suites: readonly Suite[] = [
  filters,
  nullLogic,
  groups,
  operators,
  lists,
  text,
  json,
  dates,
  shape,
  joins,
  aggregates,
  grouping,
  setOperations,
  commonTables,
  recursion,
  rawText,
  reading,
  pagination,
  cursor,
  chunkStream,
  insert,
  expressionDefaults,
  counters,
  upsert,
  firstOrCreate,
  updateDelete,
  increments,
  numberChanges,
  listChanges,
  writeGuards,
  undefinedValues,
  requestBodies,
  softDeletes,
  fetchHooks,
  writeHooks,
  loading,
  loadInto,
  loadIntoByComposite,
  related,
  attach,
  attachByComposite,
  attachSoftDeleted,
  references,
  nestedInsert,
  pivotStamps,
  relatedKinds,
  relatedArcs,
  nPlusOne,
  relationLimits,
  strategies,
  strategiesWithin,
  strategiesOfWide,
  pivots,
  compositeKeys,
  selfRelations,
  relationKeys,
  throughs,
  morphs,
  morphTargets,
  morphPivots,
  arcs,
  schemas,
  relationAggregates,
  whereHas,
  transactions,
  savepoints,
  transactionCallbacks,
  manualTransactions,
  meanings,
  names,
  observing,
];

/** Topics in which relations are loaded; each runs with every way to do so. */
export const relationSuites: ReadonlySet<Suite> = new Set([
  pagination,
  cursor,
  chunkStream,
  softDeletes,
  fetchHooks,
  loading,
  relationLimits,
  pivots,
  compositeKeys,
  selfRelations,
  relationKeys,
  throughs,
  morphs,
  morphTargets,
  morphPivots,
  arcs,
  schemas,
  relationAggregates,
  meanings,
  names,
]);
