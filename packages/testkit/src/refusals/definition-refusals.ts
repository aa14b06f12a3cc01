import { col, defineModel, ModelDefinitionError } from "@mortise/core";
import { describe, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import { expectRefusal } from "./refusal.ts";

const keys = { keys: "0123456789abcdef" };
const id = { id: col.increment() };
/** A definition nobody's compiler looked at. */
const define = (definition: object, table: unknown = "things") => defineModel(untrusted(table), untrusted(definition));
const column = (made: unknown) => define({ columns: { ...id, it: made } });
const more = (rest: object) => define({ columns: { ...id, it: col.text() }, ...rest });

const long = "a".repeat(100);
/** What is wrong, by what the error says of it. */
const mistakes: Readonly<Record<string, () => unknown>> = {
  'A model needs a table name, and "" is none.': () => define({ columns: id }, ""),
  'A model needs a table name, and "a\\u0000b" is none.': () => define({ columns: id }, "a\0b"),
  "A model needs a table name, and a number is none.": () => define({ columns: id }, 5),
  "A model needs a table name, and null is none.": () => define({ columns: id }, null),
  'Model "things" has the key "colums", which a model definition does not take. It takes: columns, primaryKey, indexes, uniques, checks, foreignKeys, hooks, options.':
    () => define({ colums: id }),
  'Model "things" has no columns.': () => define({ columns: {} }),
  '"columns" of model "things" must be an object.': () => define({ columns: [] }),
  'Column "it" of model "things" is not a column. Make it with col, as in col.string().': () =>
    column({ type: "string" }),
  'Column "__proto__" of model "things" cannot be named __proto__, which JavaScript keeps for itself.': () =>
    define({ columns: JSON.parse('{"__proto__": 1}') }),
  'Column "it" of model "things" has the option "lenght", which this kind of column does not take.': () =>
    column(col.string(untrusted({ lenght: 5 }))),
  'Column "it" of model "things" has the option "length", which must be a number.': () =>
    column(col.string(untrusted({ length: "5" }))),
  'Column "it" of model "things" has the option "nullable", which must be true or false.': () =>
    column(col.text(untrusted({ nullable: "no" }))),
  'Column "it" of model "things" has the option "databaseName", which must be a text.': () =>
    column(col.text(untrusted({ databaseName: 5 }))),
  'Column "it" of model "things" has the option "defaultTo", which must be a function.': () =>
    column(col.text(untrusted({ defaultTo: "x" }))),
  'Column "it" of model "things" has the option "prepare", which must be a function.': () =>
    column(col.text(untrusted({ prepare: {} }))),
  'Column "it" of model "things" has the option "autoCreate", which must be true, false or a function.': () =>
    column(col.date(untrusted({ autoCreate: "now" }))),
  'Column "it" of model "things" has the option "as", which must be "date" or "string".': () =>
    column(col.date(untrusted({ as: "text" }))),
  'Column "it" of model "things" has the option "mode", which must be one of number, string.': () =>
    column(col.decimal(untrusted({ mode: "bigint" }))),
  'Column "it" of model "things" has the option "mode", which must be one of auto, number, bigint.': () =>
    column(col.bigInteger(untrusted({ mode: "string" }))),
  'Column "it" of model "things" has the database name "", which is none. A name is not empty and has neither NUL characters nor halves of characters.':
    () => column(col.text({ databaseName: "" })),
  'Column "a\\ud800" of model "things" has the database name "a\\ud800", which is none. A name is not empty and has neither NUL characters nor halves of characters.':
    () => define({ columns: { "a\ud800": col.text() } }),
  [`Column "it" of model "things" has the database name "${"a".repeat(60)}…", which is none. A name is not empty and has neither NUL characters nor halves of characters.`]:
    () => column(col.text({ databaseName: `${long}\0` })),
  'Columns "userId" and "user_id" of model "things" both have the database name "user_id". Give one of them a databaseName.':
    () => define({ columns: { userId: col.text(), user_id: col.text() } }),
  'Column "it" of model "things" is computed by the database (generatedAs), so it cannot have a default.': () =>
    column(col.text({ generatedAs: "1", default: "x" })),
  'Column "it" of model "things" needs a length of at least 1.': () => column(col.string({ length: 0 })),
  'Column "it" of model "things" needs a length of at least 1 byte.': () => column(col.binary({ length: -1 })),
  'Column "it" of model "things" needs a precision of at least 1.': () => column(col.decimal({ precision: 0 })),
  'Column "it" of model "things" needs a scale of at least 0.': () => column(col.decimal({ precision: 5, scale: -1 })),
  'Column "it" of model "things" has a scale larger than its precision.': () =>
    column(col.decimal({ precision: 2, scale: 3 })),
  'Column "it" of model "things" needs a precision between 0 and 6.': () => column(col.datetime({ precision: 7 })),
  'Column "it" of model "things" needs at least one value.': () => column(col.enum([])),
  'Column "it" of model "things" takes texts as values.': () => column(col.set(untrusted([1]))),
  'Column "it" of model "things" names the same value twice.': () => column(col.enum(["a", "a"])),
  'Column "it" of model "things" needs a length of at least 1. ': () => column(col.array(col.string({ length: 0 }))),
  'Column "it" of model "things" needs at least one encryption key.': () =>
    column(col.encryption.symmetric({ keys: [] })),
  'Column "it" of model "things" has a key id that is not 1 to 32 letters, digits, - or _.': () =>
    column(col.encryption.symmetric({ keys: [{ id: "a.b", secret: keys.keys }] })),
  'Column "it" of model "things" has an encryption key of less than 16 bytes.': () =>
    column(col.encryption.symmetric({ keys: "too short" })),
  'Column "it" of model "things" names the same key id twice.': () =>
    column(
      col.encryption.symmetric({
        keys: [
          { id: "a", secret: keys.keys },
          { id: "a", secret: keys.keys },
        ],
      }),
    ),
  'Column "it" of model "things" needs a publicKey in PEM form.': () =>
    column(col.encryption.asymmetric({ publicKey: "" })),
  'Column "it" of model "things" is encrypted and cannot be a key or have an index, since no two stored values look alike.':
    () => column(col.encryption.symmetric({ ...keys, unique: true })),
  'Columns "id" and "it" of model "things" are both primary keys. For one key of several columns say primaryKey: [...] in the definition.':
    () => column(col.integer({ primaryKey: true })),
  'Column "id" of model "things" is marked as primary key but is not in primaryKey.': () =>
    more({ primaryKey: ["it"] }),
  '"primaryKey" of model "things" needs a list of column names.': () => more({ primaryKey: [] }),
  '"primaryKey" of model "things" names the column "nope", which the model does not have. It has: id, it.': () =>
    more({ primaryKey: ["nope"] }),
  '"indexes" of model "things" must be a list.': () => more({ indexes: "it" }),
  '"indexes" of model "things" needs a list of column names.': () => more({ indexes: [{}] }),
  '"indexes" of model "things" names the column a number, which the model does not have. It has: id, it.': () =>
    more({ indexes: [[5]] }),
  '"indexes.order" of model "things" names the column "nope", which the model does not have. It has: id, it.': () =>
    more({ indexes: [{ columns: ["it"], order: { nope: "asc" } }] }),
  '"indexes.order" of model "things" takes "asc" or "desc" for each column.': () =>
    more({ indexes: [{ columns: ["it"], order: { it: "up" } }] }),
  '"length" of a part of an index of model "things" must be a whole number of at least 1.': () =>
    more({ indexes: [[{ column: "it", length: 0 }]] }),
  '"nulls" of a part of an index of model "things" must be "first" or "last".': () =>
    more({ indexes: [[{ column: "it", nulls: "up" }]] }),
  '"length" of a part of an index of model "things" is not known there.': () =>
    more({ indexes: [[{ expression: "it", length: 5 }]] }),
  'An index of model "things" has a part that is neither a column nor an expression.': () =>
    more({ indexes: [[{ expression: " " }]] }),
  'Model "things" has the key "nam", which a primary key does not take. It takes: columns, name.': () =>
    more({ primaryKey: { columns: ["id"], nam: "x" } }),
  'Column "it" of model "things" has the option "type", which this kind of column does not take.': () =>
    column(col.increment(untrusted({ type: "text" }))),
  '"indexes.where" of model "things" must be a text.': () => more({ indexes: [{ columns: ["it"], where: 5 }] }),
  'Model "things" has the key "colums", which an index does not take. It takes: columns, name, unique, where, type, include, order, nullsNotDistinct.':
    () => more({ indexes: [{ colums: [] }] }),
  '"uniques" of model "things" names the column "nope", which the model does not have. It has: id, it.': () =>
    more({ uniques: [["nope"]] }),
  'Model "things" has the key "where", which a unique key does not take. It takes: columns, name.': () =>
    more({ uniques: [{ columns: ["it"], where: "x" }] }),
  'A check of model "things" has no expression.': () => more({ checks: [" "] }),
  '"checks" of model "things" must be an object.': () => more({ checks: [5] }),
  'A foreign key of model "things" over it needs references: { table, columns } with as many columns.': () =>
    more({ foreignKeys: [{ columns: ["it"], references: { table: "t", columns: [] } }] }),
  '"onDelete" of a foreign key of model "things" is one of cascade, restrict, set null, set default, no action.': () =>
    more({ foreignKeys: [{ columns: ["it"], references: { table: "t", columns: ["id"] }, onDelete: "vanish" }] }),
  'Model "things" has the key "beforeSave", which "hooks" does not take. It takes: beforeFetch, afterFetch, beforeInsert, beforeInsertMany, beforeUpdate, beforeDelete.':
    () => more({ hooks: { beforeSave: () => undefined } }),
  'The hook "beforeFetch" of model "things" must be a function.': () => more({ hooks: { beforeFetch: 1 } }),
  '"databaseCaseConvention" of model "things" must be one of camel, snake, pascal, preserve or a function.': () =>
    more({ options: { databaseCaseConvention: "kebab" } }),
  '"morphName" of model "things" must be a text that is stored for its rows.': () =>
    more({ options: { morphName: "" } }),
  'Model "things" has the key "softdelete", which "options" does not take. It takes: modelCaseConvention, databaseCaseConvention, softDeleteColumn, softDeleteValue, connection, schema, comment, engine, charset, collation, strict, withoutRowid, morphName, renamedFrom.':
    () => more({ options: { softdelete: true } }),
  '"softDeleteColumn" of model "things" names the column "gone", which the model does not have. It has: id, it.': () =>
    more({ options: { softDeleteColumn: "gone" } }),
  'Model "things" has more than one softDeletes column.': () =>
    define({ columns: { ...id, a: col.softDeletes(), b: col.softDeletes() } }),
};

/** Every mistake of a definition is told when it is made, with the model and the key. */
export function definitionRefusals(): void {
  describe("a definition", () => {
    it.each(Object.keys(mistakes))("%s", async (says) => {
      const nameless = says.startsWith("A model needs");
      await expectRefusal({
        act: () => mistakes[says]?.(),
        type: ModelDefinitionError,
        code: "MODEL_DEFINITION",
        says: says.trim(),
        has: nameless ? {} : { model: "things" },
      });
    });
    it("may use names that are methods elsewhere", () => {
      const odd = [
        "table",
        "find",
        "save",
        "constructor",
        "toString",
        "hasOwnProperty",
        "then",
        "columns",
        "name",
        "prototype",
      ];
      defineModel("odd", { columns: Object.fromEntries(odd.map((name) => [name, col.text()])) });
    });
  });
}
