import { sql } from "@mikro-orm/core";
import { firstPost, firstUser, newName, newNote, newNotes, settingName, userKey } from "../../../workloads/inputs.ts";
import { withCallers, type Calls } from "../../../workloads/workload.ts";
import { Note, Post, Setting, User, Wide } from "./entities.ts";

/** MikroORM with an entity manager for each call, as for each request of an application. */
export function mikroCalls(orm: any): Calls {
  const fork = () => orm.em.fork();
  const wide = (limit: number) => fork().find(Wide, {}, { orderBy: { id: "asc" }, limit });
  const nested = (count: number) => (turn: number) =>
    fork().find(
      User,
      { id: { $gte: firstUser(turn, 100) } },
      {
        populate: ["posts.comments"],
        orderBy: { id: "asc" },
        populateOrderBy: { posts: { id: "asc", comments: { id: "asc" } } },
        limit: count,
        strategy: "select-in",
      },
    );
  const list = (turn: number) => ({ isActive: true, id: { $gt: firstUser(turn, 200) } });
  return withCallers({
    findByKey: (turn) => fork().findOne(User, userKey(turn)),
    list100: (turn) => fork().find(User, list(turn), { orderBy: { id: "asc" }, limit: 100 }),
    wide1k: () => wide(1000),
    wide10k: () => wide(10_000),
    nested10: nested(10),
    nested100: nested(100),
    manyToMany: (turn) =>
      fork().find(
        Post,
        { id: { $gte: firstPost(turn, 20) } },
        {
          populate: ["tags"],
          orderBy: { id: "asc" },
          populateOrderBy: { tags: { id: "asc" } },
          limit: 20,
          strategy: "select-in",
        },
      ),
    groupBy: async (turn) => {
      const rows = await fork()
        .createQueryBuilder(Post, "post")
        .select([sql`user_id`.as("userId"), sql`count(*)`.as("posts"), sql`sum(views)`.as("views")])
        .where({ id: { $gte: firstPost(turn % 100, 1000) } })
        .groupBy("user")
        .orderBy({ user: "asc" })
        .execute("all", false);
      return rows.map((row: any) => ({ userId: row.userId, posts: Number(row.posts), views: Number(row.views) }));
    },
    insertOne: async (turn) => {
      const em = fork();
      const note = em.create(Note, newNote(turn));
      await em.persist(note).flush();
      return note;
    },
    insert1k: async (turn) => {
      const em = fork();
      const notes = newNotes(turn).map((note) => em.create(Note, note));
      await em.persist(notes).flush();
      return notes;
    },
    updateByKey: (turn) => fork().nativeUpdate(User, { id: userKey(turn) }, { name: newName(turn) }),
    transaction: (turn) =>
      fork().transactional(async (em: any) => {
        const user = await em.findOne(User, userKey(turn));
        const note = em.create(Note, newNote(turn));
        await em.persist(note).flush();
        const renamed = await em.nativeUpdate(User, { id: userKey(turn) }, { name: newName(turn) });
        const closed = await em.nativeUpdate(Note, { id: note.id }, { isOpen: false });
        const removed = await em.nativeDelete(Note, { id: note.id });
        return { user, note, renamed, closed, removed };
      }),
    planHit: (turn) => fork().findOne(Setting, settingName(turn)),
    planMiss: (turn) =>
      fork().createQueryBuilder(User).select("*").where(list(turn)).orderBy({ id: "asc" }).limit(100).toQuery(),
  });
}

/** A result without entities, under the names that results have; only for the comparison. */
export function plain(value: any): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  const entries = Object.entries(value).flatMap(([name, own]: [string, any]): [string, unknown][] => {
    if (name === "post" || (name === "user" && "views" in value)) return [[`${name}Id`, own.id]];
    if (typeof own?.getItems !== "function") return [[name, plain(own)]];
    return own.isInitialized() ? [[name, plain(own.getItems())]] : [];
  });
  return Object.fromEntries(entries);
}
