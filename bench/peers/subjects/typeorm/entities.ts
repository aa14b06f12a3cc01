import { EntitySchema, type EntitySchemaColumnOptions } from "typeorm";
import { wideColumns } from "../../../workloads/wide-columns.ts";
import { camelCase } from "../kysely/calls.ts";

/** How an engine declares flags, instants and documents. */
export type Types = Readonly<Record<"flag" | "instant" | "document", EntitySchemaColumnOptions>>;

const key: EntitySchemaColumnOptions = { type: Number, primary: true, generated: "increment" };
const integer = (name: string): EntitySchemaColumnOptions => ({ type: "int", name });
const text: EntitySchemaColumnOptions = { type: "text" };

/** The tables of the benchmarks, for an engine. */
export function entitiesOf(types: Types): readonly EntitySchema<any>[] {
  const flag = (name: string) => ({ ...types.flag, name });
  const createdAt = { ...types.instant, name: "created_at" };
  const kinds = { integer: { type: "int" }, text, number: { type: "double precision" }, ...types } as const;
  const wide = wideColumns.map(({ name, kind, nullable }) => [camelCase(name), { ...kinds[kind], name, nullable }]);
  return [
    new EntitySchema<any>({
      name: "users",
      columns: { id: key, name: text, email: text, isActive: flag("is_active"), createdAt },
      relations: { posts: { type: "one-to-many", target: "posts", inverseSide: "user" } },
    }),
    new EntitySchema<any>({
      name: "posts",
      columns: { id: key, userId: integer("user_id"), title: text, views: { type: "int" }, createdAt },
      relations: {
        user: { type: "many-to-one", target: "users", inverseSide: "posts", joinColumn: { name: "user_id" } },
        comments: { type: "one-to-many", target: "comments", inverseSide: "post" },
        tags: {
          type: "many-to-many",
          target: "tags",
          joinTable: { name: "post_tags", joinColumn: { name: "post_id" }, inverseJoinColumn: { name: "tag_id" } },
        },
      },
    }),
    new EntitySchema<any>({
      name: "comments",
      columns: { id: key, postId: integer("post_id"), body: text, createdAt },
      relations: {
        post: { type: "many-to-one", target: "posts", inverseSide: "comments", joinColumn: { name: "post_id" } },
      },
    }),
    new EntitySchema<any>({ name: "tags", columns: { id: key, label: text } }),
    new EntitySchema<any>({
      name: "notes",
      columns: { id: key, userId: integer("user_id"), body: text, isOpen: flag("is_open"), createdAt },
    }),
    new EntitySchema<any>({ name: "settings", columns: { name: { type: String, primary: true }, value: text } }),
    new EntitySchema<any>({ name: "wide", columns: { id: key, ...Object.fromEntries(wide) } }),
  ];
}
