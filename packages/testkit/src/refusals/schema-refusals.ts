import {
  col,
  createDatabase,
  createSchema,
  defineModel,
  defineRelations,
  schemaOf,
  SchemaError,
  UnsupportedError,
} from "@mortise/core";
import { toolsOf } from "@mortise/core/adapter";
import { describe, expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "../values/target.ts";
import { expectRefusal } from "./refusal.ts";

const User = defineModel("users", { columns: { id: col.increment(), name: col.text() } });
const Post = defineModel("posts", { columns: { id: col.increment(), userId: col.integer(), title: col.text() } });
const Tagged = defineModel("tagged", {
  columns: { id: col.increment(), userIds: col.array(col.integer()), names: col.array(col.text()), data: col.json() },
});
const Keyless = defineModel("notes", { columns: { text: col.text() } });
const Pair = defineModel("pairs", {
  columns: { a: col.integer({ nullable: false }), b: col.integer({ nullable: false }) },
  primaryKey: ["a", "b"],
});

/** Relations nobody's compiler looked at. */
const relate = (kind: "hasOne" | "hasMany" | "belongsTo" | "manyToMany", target: unknown, options: object) =>
  defineRelations(Post, (helpers) => ({ it: Reflect.apply(helpers[kind], undefined, [target, options]) }));
const listing = (options: object) =>
  compose(
    { users: User, tagged: Tagged },
    {
      tagged: defineRelations(Tagged, ({ manyToMany }) => ({
        it: Reflect.apply(manyToMany, undefined, [User, options]),
      })),
    },
  );
const unfit = (column: string, key: string) =>
  `"references" of the relation "it" of model "tagged" needs one column with a list of keys: "${column}" cannot hold "${key}" of model "users" as it is stored. Make it a col.array of the key's own type.`;
const compose = (models: object, relations?: object) => createSchema(untrusted(models), untrusted(relations));
const related = (relation: object, models: object = { users: User, posts: Post }) =>
  compose(models, { posts: relation });

const mistakes: Readonly<Record<string, () => unknown>> = {
  "defineRelations was given something that is not a model. Make models with defineModel.": () =>
    defineRelations(untrusted({}), () => ({})),
  'The relation hasMany of model "posts" was given something that is not a model. Make models with defineModel.': () =>
    relate("hasMany", "users", { foreignKey: "id" }),
  'The relation hasMany of model "posts" has the option "foreignkey", which it does not take. It takes: foreignKey, localKey.':
    () => relate("hasMany", User, { foreignkey: "id" }),
  'The relation hasMany of model "posts" needs "foreignKey".': () => relate("hasMany", User, {}),
  '"foreignKey" of the relation belongsTo of model "posts" names the column "nope", which model "posts" does not have. It has: id, userId, title.':
    () => relate("belongsTo", User, { foreignKey: "nope" }),
  '"foreignKey" of the relation hasOne of model "posts" names the column "userId", which model "users" does not have. It has: id, name.':
    () => relate("hasOne", User, { foreignKey: "userId" }),
  '"ownerKey" of the relation belongsTo of model "posts" names the column a number, which model "users" does not have. It has: id, name.':
    () => relate("belongsTo", User, { foreignKey: "userId", ownerKey: 5 }),
  'manyToMany of model "posts" (through) was given something that is not a model. Make models with defineModel.': () =>
    relate("manyToMany", User, { leftForeignKey: "a", rightForeignKey: "b" }),
  'The relation manyToMany of model "posts" needs "rightForeignKey".': () =>
    relate("manyToMany", User, { through: Pair, leftForeignKey: "a" }),
  '"pivot" of the relation manyToMany of model "posts" names the column "c", which model "pairs" does not have. It has: a, b.':
    () => relate("manyToMany", User, { through: Pair, leftForeignKey: "a", rightForeignKey: "b", pivot: ["c"] }),
  'The relation manyToMany of model "tagged" has the option "through", which it does not take. It takes: references, targetKey.':
    () => listing({ references: "userIds", through: Pair }),
  '"references" of the relation manyToMany of model "tagged" names the column "nope", which model "tagged" does not have. It has: id, userIds, names, data.':
    () => listing({ references: "nope" }),
  [unfit("id", "id")]: () => listing({ references: "id" }),
  [unfit("names", "id")]: () => listing({ references: "names" }),
  [unfit("userIds", "name")]: () => listing({ references: "userIds", targetKey: "name" }),
  [unfit("userIds", "id")]: () => listing({ references: ["userIds", "names"], targetKey: ["id", "name"] }),
  '"users" of createSchema is not a model. Make models with defineModel.': () => compose({ users: {} }),
  'createSchema was given relations for "people", but no model has that key. Models: users.': () =>
    compose({ users: User }, { people: relate("hasMany", User, { foreignKey: "id" }) }),
  'The relations for "users" were not defined on its model "users". Use defineRelations on that model.': () =>
    compose({ users: User }, { users: relate("hasMany", User, { foreignKey: "id" }) }),
  'The relation "user" of model "posts" leads to model "users", which is not part of this schema. Add it to createSchema.':
    () =>
      related(
        defineRelations(Post, ({ belongsTo }) => ({ user: belongsTo(User, { foreignKey: "userId" }) })),
        { posts: Post },
      ),
  'The relation "title" of model "posts" has the name of a column. Rename one of them.': () =>
    related(defineRelations(Post, ({ belongsTo }) => ({ title: belongsTo(User, { foreignKey: "userId" }) }))),
  'The relation "user" of model "posts" was not made with a relation helper.': () =>
    related(defineRelations(Post, () => ({ user: untrusted({}) }))),
  'The keys of the relation "it" of model "posts" do not pair up: (id) against (a, b). Name both sides, or give the models primary keys.':
    () => related(relate("hasMany", Pair, { foreignKey: ["a", "b"] }), { posts: Post, pairs: Pair }),
  'The keys of the relation "it" of model "posts" do not pair up: (userId) against (no primary key). Name both sides, or give the models primary keys.':
    () => related(relate("belongsTo", Keyless, { foreignKey: "userId" }), { posts: Post, notes: Keyless }),
  '"orderBy" of a relation to model "users" needs a column, or [column, "asc" or "desc"].': () =>
    related(relate("hasOne", User, { foreignKey: "id", orderBy: ["name", "up"] })),
  '"constraint" of the relation "it" of model "posts" is true, or has onDelete and onUpdate (cascade, restrict, set null, set default, no action), name and deferrable.':
    () => related(relate("belongsTo", User, { foreignKey: "userId", constraint: { onDelete: "vanish" } })),
  "This is not a schema. Make one with createSchema(models, relations).": () => schemaOf({}),
  "This is not a database handle. Make one with createDatabase(schema, adapter).": () => toolsOf({}),
};

/** Models and relations that do not fit together are told where they meet. */
export function schemaRefusals(target: Target): void {
  describe("a schema", () => {
    it.each(Object.keys(mistakes))("%s", async (says) => {
      await expectRefusal({ act: () => mistakes[says]?.(), type: SchemaError, code: "SCHEMA", says });
    });
    const schema = createSchema({ users: User, posts: Post });
    const options: Readonly<Record<string, object>> = {
      "planCacheSize must be a whole number, 1 or more.": { planCacheSize: 0 },
      'createDatabase does not take the option "cache". It takes: ambient, logParameters, planCacheSize, relationStrategy, nPlusOne.':
        { cache: 1 },
    };
    it.each(Object.keys(options))("%s", async (says) => {
      const adapter = await target.open();
      await expectRefusal({
        act: () => createDatabase(schema, adapter, untrusted(options[says])),
        type: SchemaError,
        code: "SCHEMA",
        says,
      });
    });
    it("has the models that queries start from", async () => {
      const db = createDatabase(schema, await target.open());
      await expectRefusal({
        act: () => db.from(untrusted(Pair)),
        type: SchemaError,
        code: "SCHEMA",
        says: 'Model "pairs" is not part of this database\'s schema. It has: users, posts.',
      });
      await expectRefusal({
        act: () => db.from(untrusted("users")),
        type: SchemaError,
        code: "SCHEMA",
        says: "db.from needs a model made with defineModel.",
      });
      await db.close();
    });
    it("needs column types that the engine has", () => missingTypes(target));
    it("needs an engine that reaches the entries of its lists", () => listedReferences(target));
    it("needs names that the engine does not cut off", () => longNames(target));
  });
}

async function missingTypes(target: Target): Promise<void> {
  const adapter = await target.open();
  const missing = columnsOf(untrusted(unheld)).filter(
    ([, column]) => !adapter.capabilities.columns.includes(column.type.kind),
  );
  for (const [name, column] of missing) {
    const Odd = defineModel("odd", { columns: { id: col.increment(), it: column } });
    const error = await expectRefusal({
      act: () => createDatabase(createSchema({ odd: Odd }), adapter),
      type: UnsupportedError,
      code: "UNSUPPORTED",
      says: `The column type ${name} of "it" of model "odd" is not supported by ${adapter.name}. Use another type, or col.specific with the engine's own.`,
      has: { model: "odd", column: "it", adapter: adapter.name },
    });
    expect(error).toHaveProperty("alternative");
  }
  expect(missing.length + adapter.capabilities.columns.length).toBeGreaterThan(20);
}

async function listedReferences(target: Target): Promise<void> {
  const adapter = await target.open();
  const schema = listing({ references: "userIds" });
  if (adapter.capabilities.listEntries) return createDatabase(schema, adapter).close();
  await expectRefusal({
    act: () => createDatabase(schema, adapter),
    type: UnsupportedError,
    code: "UNSUPPORTED",
    says: `The option "references" of the relation "it" of model "tagged" is not supported by ${adapter.name}. Name a model between with \`through\`, \`leftForeignKey\` and \`rightForeignKey\`.`,
    has: { model: "tagged", column: "userIds" },
  });
}

async function longNames(target: Target): Promise<void> {
  const adapter = await target.open();
  const { longestName } = adapter.capabilities;
  const [fits, long] = ["ä".repeat(31), "ä".repeat(66)];
  const named = (table: string, column: string) =>
    createSchema({ odd: defineModel(table, { columns: { id: col.increment({ databaseName: column }) } }) });
  const db = createDatabase(named(fits, fits), adapter);
  await db.close();
  if (longestName === undefined) return;
  const { length, unit } = longestName;
  const size = `${unit === "bytes" ? 132 : 66} ${unit} long where ${length} are held, is not supported by ${adapter.name}.`;
  await expectRefusal({
    act: () => createDatabase(named(long, "id"), adapter),
    type: UnsupportedError,
    code: "UNSUPPORTED",
    says: `The name "${long}" of a table, ${size} Give the model a shorter table name.`,
    has: { model: long },
  });
  await expectRefusal({
    act: () => createDatabase(named("odd", long), adapter),
    type: UnsupportedError,
    code: "UNSUPPORTED",
    says: `The name "${long}" of "id" of model "odd", ${size} Give the column a shorter databaseName.`,
    has: { model: "odd", column: "id" },
  });
}

/** The types of single engines, as definitions: their helpers come with the engines. */
const unheld = Object.fromEntries(
  [
    { kind: "inet" },
    { kind: "macaddr" },
    { kind: "tsvector" },
    { kind: "range", of: "int4" },
    { kind: "vector", dimensions: 3 },
    { kind: "geometry", of: "point" },
  ].map((type) => [type.kind, { ...col.text(), type }]),
);

function columnsOf(columns: Readonly<Record<string, ReturnType<typeof col.text>>>) {
  return Object.entries(columns);
}
