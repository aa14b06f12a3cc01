import { MoreThan, MoreThanOrEqual, type DataSource, type EntityManager } from "typeorm";
import { firstPost, firstUser, newName, newNote, newNotes, settingName, userKey } from "../../../workloads/inputs.ts";
import { withCallers, type Calls } from "../../../workloads/workload.ts";

type Keyed = { readonly id: number };

/** Children are put in order here: with an order of theirs, `take` counts them and not their parents. */
function byKey(left: Keyed, right: Keyed): number {
  return left.id - right.id;
}

/** TypeORM's repositories, with relations by joins, as they come. */
export function typeormCalls(source: DataSource): Calls {
  const users = source.getRepository<any>("users");
  const posts = source.getRepository<any>("posts");
  const notes = source.getRepository<any>("notes");
  const wide = (take: number) => source.getRepository<any>("wide").find({ order: { id: "ASC" }, take });
  const list = (turn: number) => ({ isActive: true, id: MoreThan(firstUser(turn, 200)) });
  const nested = (count: number) => async (turn: number) => {
    const some = await users.find({
      where: { id: MoreThanOrEqual(firstUser(turn, 100)) },
      order: { id: "ASC" },
      relations: { posts: { comments: true } },
      take: count,
    });
    for (const user of some) for (const post of user.posts.sort(byKey)) post.comments.sort(byKey);
    return some;
  };
  return withCallers({
    findByKey: (turn) => users.findOneBy({ id: userKey(turn) }),
    list100: (turn) => users.find({ where: list(turn), order: { id: "ASC" }, take: 100 }),
    wide1k: () => wide(1000),
    wide10k: () => wide(10_000),
    nested10: nested(10),
    nested100: nested(100),
    manyToMany: async (turn) => {
      const some = await posts.find({
        where: { id: MoreThanOrEqual(firstPost(turn, 20)) },
        order: { id: "ASC" },
        relations: { tags: true },
        take: 20,
      });
      for (const post of some) post.tags.sort(byKey);
      return some;
    },
    groupBy: async (turn) => {
      const rows = await posts
        .createQueryBuilder("post")
        .select("post.userId", "user")
        .addSelect("count(*)", "posts")
        .addSelect("sum(post.views)", "views")
        .where("post.id >= :first", { first: firstPost(turn % 100, 1000) })
        .groupBy("post.userId")
        .orderBy("post.userId")
        .getRawMany();
      return rows.map((row) => ({ userId: row.user, posts: Number(row.posts), views: Number(row.views) }));
    },
    insertOne: (turn) => notes.save({ ...newNote(turn) }),
    insert1k: (turn) => notes.save(newNotes(turn).map((note) => ({ ...note }))),
    updateByKey: (turn) => rename(source.manager, turn),
    transaction: (turn) =>
      source.transaction(async (tx) => {
        const user = await tx.findOneBy<any>("users", { id: userKey(turn) });
        const note: any = await tx.getRepository<any>("notes").save({ ...newNote(turn) });
        const renamed = await rename(tx, turn);
        const { affected: closed } = await tx.update("notes", { id: note.id }, { isOpen: false });
        const { affected: removed } = await tx.delete("notes", { id: note.id });
        return { user, note, renamed, closed, removed };
      }),
    planHit: (turn) => source.getRepository("settings").findOneBy({ name: settingName(turn) }),
    planMiss: (turn) =>
      users.createQueryBuilder("user").where(list(turn)).orderBy("user.id").limit(100).getQueryAndParameters(),
  });
}

async function rename(on: EntityManager, turn: number): Promise<unknown> {
  return (await on.update("users", { id: userKey(turn) }, { name: newName(turn) })).affected;
}
