import { ColumnChange } from "@mortise/core/adapter";

/**
 * Adds to a number in an update: `await db.from(Post).where("id", id).update({ views: inc(1), title: "New" })`.
 *
 * Becomes `{ $set: { views: { $add: ["$views", 1] } } }`: null stays null. For one column alone there is `increment`.
 */
export function inc(by: number | bigint = 1): ColumnChange<"inc", number | bigint> {
  return new ColumnChange("inc", [by]);
}

/**
 * Adds entries at the end of a list in an update: `await db.from(Post).where("id", id).update({ tags: push("a", "b") })`.
 *
 * Becomes `{ $set: { tags: { $concatArrays: ["$tags", ["a", "b"]] } } }`; null counts as an empty list. Entries are stored by the codec of
 * the column's own entries, and a key of theirs that begins with a dollar sign is an `InvalidValueError`.
 */
export function push<V>(...entries: readonly V[]): ColumnChange<"push", V> {
  return new ColumnChange("push", entries);
}

/**
 * As `push`, without the entries that are there already: `await db.from(Post).where("id", id).update({ tags: addToSet("a") })`.
 *
 * Entries that are documents are equal when they have the same fields in the same order.
 */
export function addToSet<V>(...entries: readonly V[]): ColumnChange<"addToSet", V> {
  return new ColumnChange("addToSet", entries);
}

/**
 * Takes every entry that equals one of these out of a list: `await db.from(Post).where("id", id).update({ tags: pull("a") })`.
 *
 * Becomes a `$filter` of the list; null stays null. These are values, never conditions.
 */
export function pull<V>(...entries: readonly V[]): ColumnChange<"pull", V> {
  return new ColumnChange("pull", entries);
}
