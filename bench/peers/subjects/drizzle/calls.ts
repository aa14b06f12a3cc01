import { firstPost, firstUser, newName, newNote, newNotes, settingName, userKey } from "../../../workloads/inputs.ts";
import { withCallers, type Calls } from "../../../workloads/workload.ts";
import type { Tables } from "./tables.ts";

/** A handle of Drizzle on some engine, in some version. */
export interface Drizzle {
  readonly db: any;
  readonly tables: Tables;
  /** The module `drizzle-orm`. */
  readonly lib: any;
  /** Relational queries are said otherwise in each version. */
  readonly relations: { nested(count: number): any; manyToMany(): any } | undefined;
  /** Whether inserts return rows; else they return their ids. */
  readonly returning: boolean;
  /** Whether transactions take no promises, as on better-sqlite3. */
  readonly synchronous: boolean;
}

/** How many rows a statement changed, as each driver says it. */
export function changed(result: any): number {
  const header = Array.isArray(result) ? result[0] : result;
  return header.changes ?? header.rowCount ?? header.affectedRows;
}

/** Rows of a join table, taken out: the tags themselves. */
export function withTags(posts: readonly any[]): unknown {
  return posts.map(({ postTags, ...post }) => ({ ...post, tags: postTags.map(({ tag }: any) => tag) }));
}

/** Drizzle, built anew by each call. */
export function drizzleCalls(drizzle: Drizzle): Calls {
  const { db, tables, lib, relations, returning } = drizzle;
  const { users, posts, notes, wide, settings } = tables;
  const { and, asc, eq, gt, gte, count, sum } = lib;
  const list = (turn: number) =>
    db
      .select()
      .from(users)
      .where(and(eq(users.isActive, true), gt(users.id, firstUser(turn, 200))))
      .orderBy(asc(users.id))
      .limit(100);
  const insert = async (rows: readonly any[]) => {
    if (returning) return db.insert(notes).values(rows).returning();
    const ids = await db.insert(notes).values(rows).$returningId();
    return rows.map((row, at) => ({ ...row, ...ids[at] }));
  };
  return withCallers({
    findByKey: async (turn) =>
      (
        await db
          .select()
          .from(users)
          .where(eq(users.id, userKey(turn)))
      )[0],
    list100: list,
    wide1k: () => db.select().from(wide).orderBy(asc(wide.id)).limit(1000),
    wide10k: () => db.select().from(wide).orderBy(asc(wide.id)).limit(10_000),
    ...(relations && {
      nested10: async (turn) => relations.nested(10)(firstUser(turn, 100)),
      nested100: async (turn) => relations.nested(100)(firstUser(turn, 100)),
      manyToMany: async (turn) => relations.manyToMany()(firstPost(turn, 20)),
    }),
    groupBy: (turn) =>
      db
        .select({ userId: posts.userId, posts: count(), views: sum(posts.views).mapWith(Number) })
        .from(posts)
        .where(gte(posts.id, firstPost(turn % 100, 1000)))
        .groupBy(posts.userId)
        .orderBy(asc(posts.userId)),
    insertOne: async (turn) => (await insert([newNote(turn)]))[0],
    insert1k: (turn) => insert(newNotes(turn)),
    updateByKey: async (turn) =>
      changed(
        await db
          .update(users)
          .set({ name: newName(turn) })
          .where(eq(users.id, userKey(turn))),
      ),
    transaction: drizzle.synchronous ? synchronousTransaction(drizzle) : transaction(drizzle),
    planHit: async (turn) =>
      (
        await db
          .select()
          .from(settings)
          .where(eq(settings.name, settingName(turn)))
      )[0],
    planMiss: (turn) => list(turn).toSQL(),
  });
}

function transaction({ db, tables: { users, notes }, lib: { eq }, returning }: Drizzle) {
  return (turn: number) =>
    db.transaction(async (tx: any) => {
      const [user] = await tx
        .select()
        .from(users)
        .where(eq(users.id, userKey(turn)));
      const row = newNote(turn);
      const [note] = returning
        ? await tx.insert(notes).values(row).returning()
        : (await tx.insert(notes).values(row).$returningId()).map((id: object) => ({ ...row, ...id }));
      const renamed = changed(
        await tx
          .update(users)
          .set({ name: newName(turn) })
          .where(eq(users.id, userKey(turn))),
      );
      const closed = changed(await tx.update(notes).set({ isOpen: false }).where(eq(notes.id, note.id)));
      return { user, note, renamed, closed, removed: changed(await tx.delete(notes).where(eq(notes.id, note.id))) };
    });
}

function synchronousTransaction({ db, tables: { users, notes }, lib: { eq } }: Drizzle) {
  return (turn: number) =>
    db.transaction((tx: any) => {
      const user = tx
        .select()
        .from(users)
        .where(eq(users.id, userKey(turn)))
        .get();
      const note = tx.insert(notes).values(newNote(turn)).returning().get();
      const renamed = changed(
        tx
          .update(users)
          .set({ name: newName(turn) })
          .where(eq(users.id, userKey(turn)))
          .run(),
      );
      const closed = changed(tx.update(notes).set({ isOpen: false }).where(eq(notes.id, note.id)).run());
      return { user, note, renamed, closed, removed: changed(tx.delete(notes).where(eq(notes.id, note.id)).run()) };
    });
}
