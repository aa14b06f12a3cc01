import type { Database, RegistryIn } from "@mortise/core";
import { firstPost, firstUser } from "../../workloads/inputs.ts";
import type { Call, Calls } from "../../workloads/workload.ts";
import { schema } from "./schema.ts";

type Handle = Database<RegistryIn<typeof schema>>;

/** The workloads that load relations, however the handle does it. */
export function relationCalls(db: Handle): Calls {
  return {
    nested10: nested(db, 10),
    nested100: nested(db, 100),
    manyToMany: (turn) =>
      db
        .from(schema.posts)
        .where("id", ">=", firstPost(turn, 20))
        .orderBy("id")
        .limit(20)
        .load("tags", (tags) => tags.orderBy("id"))
        .many(),
  };
}

function nested(db: Handle, count: number): Call {
  return (turn) =>
    db
      .from(schema.users)
      .where("id", ">=", firstUser(turn, 100))
      .orderBy("id")
      .limit(count)
      .load("posts", (posts) => posts.orderBy("id").load("comments", (comments) => comments.orderBy("id")))
      .many();
}
