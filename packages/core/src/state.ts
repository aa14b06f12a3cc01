/** For the migrator and the migration side of adapters: the neutral database schema. */
export type * from "./state/schema-state.ts";
export type * from "./state/change.ts";
export type * from "./adapter/journal.ts";
export type * from "./adapter/schema-adapter.ts";
export { indexParts, stateFromSchema } from "./state/from-schema.ts";
export { spelledCheck } from "./state/arc-check.ts";
export { detachForeignKeys } from "./state/detach-foreign-keys.ts";
export { stateAfter } from "./state/state-after.ts";
export { changedTable } from "./state/apply-change.ts";
export { canonicalText, isSame, qualifiedName, sortState } from "./state/canonical.ts";
export { derivedName, isDerivedName, shortHash, type NameSuffix } from "./state/names.ts";
export { applyConvention } from "./model/naming.ts";
