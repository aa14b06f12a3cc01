import { wideColumns } from "../../../workloads/wide-columns.ts";
import { camelCase } from "../kysely/calls.ts";

/** The columns of one engine, in one version of Drizzle. */
export interface Kit {
  readonly table: any;
  readonly key: () => any;
  readonly integer: (name: string) => any;
  readonly text: (name: string) => any;
  /** A text that is a primary key. */
  readonly name: (name: string) => any;
  readonly flag: (name: string) => any;
  readonly instant: (name: string) => any;
  readonly document: (name: string) => any;
  readonly number: (name: string) => any;
}

/** The tables of the benchmarks, by their names in queries. */
export function tablesOf(kit: Kit) {
  const { table, key, integer, text, flag, instant } = kit;
  const wide = wideColumns.map(({ name, kind, nullable }) => {
    const column = kit[kind](name);
    return [camelCase(name), nullable ? column : column.notNull()] as const;
  });
  return {
    users: table("users", {
      id: key(),
      name: text("name").notNull(),
      email: text("email").notNull(),
      isActive: flag("is_active").notNull(),
      createdAt: instant("created_at").notNull(),
    }),
    posts: table("posts", {
      id: key(),
      userId: integer("user_id").notNull(),
      title: text("title").notNull(),
      views: integer("views").notNull(),
      createdAt: instant("created_at").notNull(),
    }),
    comments: table("comments", {
      id: key(),
      postId: integer("post_id").notNull(),
      body: text("body").notNull(),
      createdAt: instant("created_at").notNull(),
    }),
    tags: table("tags", { id: key(), label: text("label").notNull() }),
    postTags: table("post_tags", { postId: integer("post_id").notNull(), tagId: integer("tag_id").notNull() }),
    notes: table("notes", {
      id: key(),
      userId: integer("user_id").notNull(),
      body: text("body").notNull(),
      isOpen: flag("is_open").notNull(),
      createdAt: instant("created_at").notNull(),
    }),
    settings: table("settings", { name: kit.name("name").primaryKey(), value: text("value").notNull() }),
    wide: table("wide", { id: key(), ...Object.fromEntries(wide) }),
  };
}

export type Tables = ReturnType<typeof tablesOf>;
