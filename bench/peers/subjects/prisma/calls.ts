import { firstPost, firstUser, newName, newNote, newNotes, settingName, userKey } from "../../../workloads/inputs.ts";
import { withCallers, type Calls } from "../../../workloads/workload.ts";
import { withTags } from "../drizzle/calls.ts";

/** A client of Prisma for some engine; each has types of its own. `returning` says whether inserts of many rows give them back. */
export function prismaCalls(client: any, { returning }: { readonly returning: boolean }): Calls {
  const wide = (take: number) => client.wide.findMany({ orderBy: { id: "asc" }, take });
  const nested = (count: number) => (turn: number) =>
    client.user.findMany({
      where: { id: { gte: firstUser(turn, 100) } },
      orderBy: { id: "asc" },
      take: count,
      include: { posts: { orderBy: { id: "asc" }, include: { comments: { orderBy: { id: "asc" } } } } },
    });
  return withCallers({
    findByKey: (turn) => client.user.findUnique({ where: { id: userKey(turn) } }),
    list100: (turn) =>
      client.user.findMany({
        where: { isActive: true, id: { gt: firstUser(turn, 200) } },
        orderBy: { id: "asc" },
        take: 100,
      }),
    wide1k: () => wide(1000),
    wide10k: () => wide(10_000),
    nested10: nested(10),
    nested100: nested(100),
    manyToMany: async (turn) =>
      withTags(
        await client.post.findMany({
          where: { id: { gte: firstPost(turn, 20) } },
          orderBy: { id: "asc" },
          take: 20,
          include: { postTags: { orderBy: { tagId: "asc" }, include: { tag: true } } },
        }),
      ),
    groupBy: async (turn) => {
      const groups = await client.post.groupBy({
        by: ["userId"],
        where: { id: { gte: firstPost(turn % 100, 1000) } },
        _count: { _all: true },
        _sum: { views: true },
        orderBy: { userId: "asc" },
      });
      return groups.map(({ userId, _count, _sum }: any) => ({ userId, posts: _count._all, views: _sum.views }));
    },
    insertOne: (turn) => client.note.create({ data: newNote(turn) }),
    ...(returning && { insert1k: (turn: number) => client.note.createManyAndReturn({ data: newNotes(turn) }) }),
    updateByKey: async (turn) =>
      (await client.user.updateMany({ where: { id: userKey(turn) }, data: { name: newName(turn) } })).count,
    transaction: (turn) =>
      client.$transaction(async (tx: any) => {
        const user = await tx.user.findUnique({ where: { id: userKey(turn) } });
        const note = await tx.note.create({ data: newNote(turn) });
        const renamed = await tx.user.updateMany({ where: { id: userKey(turn) }, data: { name: newName(turn) } });
        const closed = await tx.note.updateMany({ where: { id: note.id }, data: { isOpen: false } });
        const removed = await tx.note.deleteMany({ where: { id: note.id } });
        return { user, note, renamed: renamed.count, closed: closed.count, removed: removed.count };
      }),
    planHit: (turn) => client.setting.findUnique({ where: { name: settingName(turn) } }),
  });
}
