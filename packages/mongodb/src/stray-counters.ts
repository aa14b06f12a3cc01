import type { Db } from "mongodb";
import { counterCollection } from "./command.ts";

/**
 * Removes the counters of collections that are gone: a run that was cut off right behind a drop or a rename leaves them, and no plan made
 * from the collections can tell. A run calls it when it is whole, since in the middle of a rename counters stand under a name to come.
 */
export async function dropStrayCounters(db: Db): Promise<void> {
  const counters = db.collection<{ _id: string }>(counterCollection);
  const names = (await counters.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
  if (names.length === 0) return;
  const there = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  const stray = names.filter((name) => !there.has(name.slice(0, name.lastIndexOf("."))));
  if (stray.length > 0) await counters.deleteMany({ _id: { $in: stray } });
}
