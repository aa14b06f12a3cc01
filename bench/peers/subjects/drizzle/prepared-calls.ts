import { firstPost, firstUser, newName, newNote, settingName, userKey } from "../../../workloads/inputs.ts";
import { withCallers, type Calls } from "../../../workloads/workload.ts";
import { changed, type Drizzle } from "./calls.ts";

/** Drizzle with each statement prepared once by hand; inserts of many rows and transactions cannot be. */
export function preparedCalls({ db, tables, lib, relations, returning }: Drizzle): Calls {
  const { users, posts, notes, wide, settings } = tables;
  const { and, asc, eq, gt, gte, count, sum, sql } = lib;
  const { placeholder } = sql;
  const first = placeholder("first");
  const findByKey = db.select().from(users).where(eq(users.id, first)).prepare("find_by_key");
  const list100 = db
    .select()
    .from(users)
    .where(and(eq(users.isActive, true), gt(users.id, first)))
    .orderBy(asc(users.id))
    .limit(100)
    .prepare("list_100");
  const wideRows = db.select().from(wide).orderBy(asc(wide.id)).limit(placeholder("count")).prepare("wide_rows");
  const groups = db
    .select({ userId: posts.userId, posts: count(), views: sum(posts.views).mapWith(Number) })
    .from(posts)
    .where(gte(posts.id, first))
    .groupBy(posts.userId)
    .orderBy(asc(posts.userId))
    .prepare("groups");
  const oneNote = Object.fromEntries(
    ["userId", "body", "isOpen", "createdAt"].map((name) => [name, placeholder(name)]),
  );
  const insert = db.insert(notes).values(oneNote);
  const insertOne = returning ? insert.returning().prepare("insert_one") : undefined;
  const rename = db
    .update(users)
    .set({ name: placeholder("name") })
    .where(eq(users.id, placeholder("id")))
    .prepare("rename");
  const setting = db.select().from(settings).where(eq(settings.name, first)).prepare("setting");
  return withCallers({
    findByKey: async (turn) => (await findByKey.execute({ first: userKey(turn) }))[0],
    list100: (turn) => list100.execute({ first: firstUser(turn, 200) }),
    wide1k: () => wideRows.execute({ count: 1000 }),
    wide10k: () => wideRows.execute({ count: 10_000 }),
    ...(relations && preparedRelations(relations)),
    groupBy: (turn) => groups.execute({ first: firstPost(turn % 100, 1000) }),
    ...(insertOne && { insertOne: async (turn: number) => (await insertOne.execute(newNote(turn)))[0] }),
    updateByKey: async (turn) => changed(await rename.execute({ name: newName(turn), id: userKey(turn) })),
    planHit: async (turn) => (await setting.execute({ first: settingName(turn) }))[0],
  });
}

function preparedRelations(relations: NonNullable<Drizzle["relations"]>): Calls {
  const nested10 = relations.nested(10);
  const nested100 = relations.nested(100);
  const manyToMany = relations.manyToMany();
  return {
    nested10: (turn) => nested10(firstUser(turn, 100)),
    nested100: (turn) => nested100(firstUser(turn, 100)),
    manyToMany: (turn) => manyToMany(firstPost(turn, 20)),
  };
}
