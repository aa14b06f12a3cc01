import { gateTable, moduleFiles, statementFiles, type MigrationKind } from "@mortise/testkit";
import type { Document } from "mongodb";

const text = { bsonType: ["string", "null"] };
const number = { bsonType: ["int", "null"] };

/** The rules of a collection of copies, with these fields beside the key and the name. */
const rules = (fields: Document): Document => ({
  $jsonSchema: {
    bsonType: "object",
    required: ["_id"],
    properties: { _id: { bsonType: ["int"] }, name: text, ...fields },
  },
});

/** Copies what is there under other keys. Run twice, it comes to the same. */
const copied = (into: string, from: number, more: Document = {}): Document => ({
  aggregate: gateTable,
  pipeline: [
    { $project: { _id: { $add: ["$_id", from] }, name: "$name", spare: { $literal: "x" }, ...more } },
    { $merge: { into } },
  ],
  cursor: {},
});

const removed = (collection: string, from: number): Document => ({
  delete: collection,
  deletes: [{ q: { _id: { $gt: from } }, limit: 0 }],
});

const commands = (up: readonly Document[], down: readonly Document[]) =>
  statementFiles(
    up.map((one) => JSON.stringify(one)),
    down.map((one) => JSON.stringify(one)),
  );

/** Rules once the third migration gave every copy an age. */
const aged = (fields: Document): Document => {
  const { $jsonSchema } = rules({ ...fields, age: { bsonType: ["int"], description: "(default 0)" } });
  return { $jsonSchema: { ...$jsonSchema, required: ["_id", "age"] } };
};

/** What each of five migrations in turn does, in commands and by the schema builder: the same as those of SQL. */
export const commandKinds: readonly MigrationKind[] = [
  (group) =>
    commands(
      [{ create: `copy_${group}`, validator: rules({ spare: text }) }, copied(`copy_${group}`, 0)],
      [{ drop: `copy_${group}` }],
    ),
  (group) =>
    commands(
      [
        { collMod: `copy_${group}`, validator: rules({ spare: text, more: number }) },
        copied(`copy_${group}`, 1_000_000),
      ],
      [removed(`copy_${group}`, 1_000_000), { collMod: `copy_${group}`, validator: rules({ spare: text }) }],
    ),
  (group) =>
    moduleFiles(
      [
        `    schema.createTable("made_${group}", (table) => {
      table.increments("_id");
      table.string("name", 20).index();
      table.integer("other_id");
      table.text("note");
    });
    schema.table("copy_${group}", (table) => {
      table.integer("age").notNullable().defaultTo(0);
      table.index(["name", "age"], "copy_${group}_name_age");
    });`,
      ],
      [
        `    schema.table("copy_${group}", (table) => {
      table.dropIndex(["name", "age"], "copy_${group}_name_age");
      table.dropColumn("age");
    });
    schema.dropTable("made_${group}");`,
      ],
    ),
  (group) =>
    commands(
      [
        copied(`copy_${group}`, 2_000_000, { age: { $literal: 0 } }),
        { create: `kept_${group}`, validator: rules({}) },
        { createIndexes: `kept_${group}`, indexes: [{ key: { name: 1 }, name: `kept_${group}_name` }] },
        { update: `copy_${group}`, updates: [{ q: {}, u: [{ $unset: ["spare"] }], multi: true }] },
        { collMod: `copy_${group}`, validator: aged({ more: number }) },
      ],
      [
        { collMod: `copy_${group}`, validator: aged({ spare: text, more: number }) },
        { drop: `kept_${group}` },
        removed(`copy_${group}`, 2_000_000),
      ],
    ),
  (group) =>
    moduleFiles(
      [
        `    schema.table("copy_${group}", (table) => {
      table.renameColumn("name", "title");
      table.string("code", 20).notNullable().defaultTo("none");
      table.index(["title", "code"], "copy_${group}_title_code");
    });
    schema.renameTable("made_${group}", "named_${group}");
    schema.table("named_${group}", (table) => {
      table.integer("other_id").notNullable().defaultTo(1).alter();
      table.dropColumn("note");
    });`,
      ],
      [
        `    schema.table("named_${group}", (table) => {
      table.integer("other_id").nullable().alter();
      table.text("note");
    });
    schema.renameTable("named_${group}", "made_${group}");
    schema.table("copy_${group}", (table) => {
      table.dropIndex(["title", "code"], "copy_${group}_title_code");
      table.dropColumn("code");
      table.renameColumn("title", "name");
    });`,
      ],
    ),
];
