import type { ClientSession, Collection } from "mongodb";

type MethodName = {
  [K in keyof Collection]: Collection[K] extends (...given: never[]) => unknown ? K : never;
}[keyof Collection];

/** Where the options stand among the arguments of each method of a collection. */
const optionsAt: Readonly<Record<MethodName, number>> = {
  aggregate: 1,
  bulkWrite: 1,
  count: 1,
  countDocuments: 1,
  createIndex: 1,
  createIndexes: 1,
  createSearchIndex: 1,
  createSearchIndexes: 1,
  deleteMany: 1,
  deleteOne: 1,
  distinct: 2,
  drop: 0,
  dropIndex: 1,
  dropIndexes: 0,
  dropSearchIndex: 1,
  estimatedDocumentCount: 0,
  find: 1,
  findOne: 1,
  findOneAndDelete: 1,
  findOneAndReplace: 2,
  findOneAndUpdate: 2,
  indexes: 0,
  indexExists: 1,
  indexInformation: 0,
  initializeOrderedBulkOp: 0,
  initializeUnorderedBulkOp: 0,
  insertMany: 1,
  insertOne: 1,
  isCapped: 0,
  listIndexes: 0,
  listSearchIndexes: 1,
  options: 0,
  rename: 1,
  replaceOne: 2,
  updateMany: 2,
  updateOne: 2,
  updateSearchIndex: 2,
  watch: 1,
};
const positions: ReadonlyMap<unknown, number> = new Map(Object.entries(optionsAt));

/** A collection whose every call goes into the session of the moment, where there is one and the caller names none. */
export function inSession<C extends object>(collection: C, current: () => ClientSession | undefined): C {
  return new Proxy(collection, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...given: unknown[]): unknown =>
        Reflect.apply(member, target, withSession(given, positions.get(name), current()));
    },
  });
}

function withSession(given: unknown[], at: number | undefined, session: ClientSession | undefined): unknown[] {
  if (at === undefined || session === undefined) return given;
  const args = [...given];
  while (args.length < at) args.push(undefined);
  const options: unknown = args[at];
  args[at] = { session, ...(typeof options === "object" ? options : undefined) };
  return args;
}
