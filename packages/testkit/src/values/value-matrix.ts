import { col, createDatabase, createSchema, defineModel, defineRelations } from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Strategy } from "../suite.ts";
import { exactText } from "./exact-text.ts";
import type { Target } from "./target.ts";
import type { CaseColumn, ValueCase } from "./value-case.ts";

/**
 * Every edge value of every column type is the same, value and type, on every way out of the database.
 */
export function valueMatrix(target: Target, cases: readonly ValueCase[]): void {
  describe.each(cases)("$name", (one) => {
    let matrix: Matrix;
    beforeAll(async () => void (matrix = await openMatrix(target, one)));
    afterAll(() => matrix.db.close());
    const paths = one.compares === "not" ? readPaths : { ...readPaths, ...comparedPaths };
    const each = (path: Path) => async () => {
      for (const at of one.values.keys()) await path(matrix, at);
    };
    for (const [name, path] of Object.entries({ ...paths, ...writePaths })) it(name, each(path), patience);
    for (const strategy of strategies) {
      it.each(Object.entries(loadPaths[strategy]))(
        "%s",
        async (_, path) => {
          if (matrix.relations.includes(strategy)) await each(path)();
        },
        patience,
      );
    }
    it.runIf(one.compares === "ordered").each(Object.keys(orderedPaths))(
      "%s",
      (name) => orderedPaths[name]?.(matrix),
      patience,
    );
  });
}

/** Some values are of a mebibyte, and some machines are busy. */
const patience = 60_000;

type Matrix = Awaited<ReturnType<typeof openMatrix>>;

/** Three tables in a row, each with a row for each value and one with null. */
function matrixSchema(value: CaseColumn) {
  const Parent = defineModel("parents", { columns: { id: col.increment(), value } });
  const Child = defineModel("children", { columns: { id: col.increment(), parentId: col.integer(), value } });
  const Grandchild = defineModel("grandchildren", { columns: { id: col.increment(), childId: col.integer(), value } });
  return createSchema(
    { parents: Parent, children: Child, grandchildren: Grandchild },
    {
      parents: defineRelations(Parent, ({ hasMany, hasOne }) => ({
        children: hasMany(Child, { foreignKey: "parentId" }),
        child: hasOne(Child, { foreignKey: "parentId" }),
      })),
      children: defineRelations(Child, ({ belongsTo, hasMany }) => ({
        parent: belongsTo(Parent, { foreignKey: "parentId" }),
        grandchildren: hasMany(Grandchild, { foreignKey: "childId" }),
      })),
      grandchildren: defineRelations(Grandchild, ({ belongsTo }) => ({
        child: belongsTo(Child, { foreignKey: "childId" }),
      })),
    },
  );
}

async function openMatrix(target: Target, one: ValueCase) {
  const schema = matrixSchema(one.column);
  const adapter = await target.open();
  const db = createDatabase(schema, adapter);
  await push(db);
  const given = [...one.values.map((value) => value.given), null];
  const parents = await db.from(schema.parents).insertMany(given.map((value) => ({ value })));
  const children = given.map((value, at) => ({ parentId: parents[at]?.id ?? null, value }));
  await db.from(schema.children).insertMany(children);
  await db.from(schema.grandchildren).insertMany(given.map((value, at) => ({ childId: at + 1, value })));
  return {
    db,
    schema,
    relations: adapter.capabilities.relations,
    one,
    inserted: parents,
    read: [...one.values.map((value) => value.read), null],
  };
}

/** Value and type must be those of the case: a Buffer is no Uint8Array, 1n is not 1, -0 is not 0. */
function expectSame(actual: unknown, expected: unknown): void {
  expect(exactText(actual)).toBe(exactText(expected));
}

type Path = (matrix: Matrix, at: number) => Promise<void>;

/** A value in rows that were loaded, one to three levels deep. */
function relationPaths(strategy: Strategy): Readonly<Record<string, Path>> {
  const by = { strategy };
  return {
    [`a to-one relation, ${strategy}`]: async ({ db, schema, read }, at) => {
      const child = db.from(schema.children).where("id", at + 1);
      expectSame((await child.load("parent", by).sole()).parent?.value, read[at]);
      const parent = db.from(schema.parents).where("id", at + 1);
      expectSame((await parent.load("child", by).sole()).child?.value, read[at]);
    },
    [`a to-many relation, ${strategy}`]: async ({ db, schema, read }, at) => {
      const query = db.from(schema.parents).where("id", at + 1);
      expectSame((await query.load("children", by).sole()).children[0]?.value, read[at]);
      const cut = query.load("children", (q) => q.limit(1), by);
      expectSame((await cut.sole()).children[0]?.value, read[at]);
      const renamed = query.load("children", (q) => q.select({ other: "value" }), by);
      expectSame((await renamed.sole()).children[0]?.other, read[at]);
    },
    [`a nested relation, ${strategy}`]: async ({ db, schema, read }, at) => {
      const down = await db
        .from(schema.parents)
        .where("id", at + 1)
        .load("children", (c) => c.load("grandchildren", (g) => g.load("child", by), by), by)
        .sole();
      const [child] = down.children;
      const [grandchild] = child?.grandchildren ?? [];
      expectSame([down.value, child?.value, grandchild?.value, grandchild?.child?.value], Array(4).fill(read[at]));
    },
  };
}

const strategies: readonly Strategy[] = ["separate", "json", "lookup"];
const loadPaths = { separate: relationPaths("separate"), json: relationPaths("json"), lookup: relationPaths("lookup") };

const readPaths: Readonly<Record<string, Path>> = {
  "a flat read": async ({ db, schema, read }, at) => {
    expectSame((await db.from(schema.parents).find(at + 1))?.value, read[at]);
    expectSame((await db.from(schema.parents).findMany([at + 1]))[0]?.value, read[at]);
    expectSame((await db.from(schema.parents).many())[at]?.value, read[at]);
    expectSame(
      (
        await db
          .from(schema.parents)
          .where("id", at + 1)
          .plain()
      )[0]?.value,
      read[at],
    );
    expectSame(
      await db
        .from(schema.parents)
        .where("id", at + 1)
        .value("value"),
      read[at],
    );
    expectSame(await db.from(schema.parents).orderBy("id").pluck("value"), read);
  },
  "an alias, and a join": async ({ db, schema, read }, at) => {
    const query = db.from(schema.parents).where("id", at + 1);
    expectSame((await query.select({ other: "value" }).sole()).other, read[at]);
    const joined = query.join(schema.children, "id", "parentId").select("children.value");
    expectSame((await joined.sole())["children.value"], read[at]);
  },
  "a stream, and a chunk": async ({ db, schema, read }, at) => {
    const query = db.from(schema.parents).where("id", at + 1);
    for await (const row of query.stream({ batch: 1 })) expectSame(row.value, read[at]);
    await query.chunk(2, (rows) =>
      expectSame(
        rows.map((row) => row.value),
        [read[at]],
      ),
    );
  },
  "a page": async ({ db, schema, read }, at) => {
    const query = db.from(schema.parents).orderBy("id");
    expectSame((await query.paginate({ page: at + 1, perPage: 1 })).data[0]?.value, read[at]);
    const before = await query
      .where("id", "<=", at + 1)
      .orderBy("id")
      .cursorPaginate({ perPage: at + 1 });
    expectSame(before.data.at(-1)?.value, read[at]);
  },
};

const comparedPaths: Readonly<Record<string, Path>> = {
  "where finds exactly it": async ({ db, schema, one }, at) => {
    const given = one.values[at]?.given;
    const query = db.from(schema.parents).orderBy("id");
    expect(await query.where("value", given).pluck("id")).toEqual([at + 1]);
    expect(await query.where({ value: given }).pluck("id")).toEqual([at + 1]);
    expect(await query.where("value", "is", given).pluck("id")).toEqual([at + 1]);
    const others = Array.from(one.values.keys(), (other) => other + 1).filter((id) => id !== at + 1);
    expect(await query.where("value", "!=", given).pluck("id")).toEqual(others);
    expect(await query.whereNot("value", given).pluck("id")).toEqual(others);
  },
  "whereIn finds exactly it": async ({ db, schema, one }, at) => {
    const given = one.values[at]?.given;
    const query = db.from(schema.parents).orderBy("id");
    expect(await query.whereIn("value", [given]).pluck("id")).toEqual([at + 1]);
    expect(await query.whereIn("value", [given, given]).count()).toBe(1);
    expect(await query.whereNotIn("value", [given]).count()).toBe(one.values.length - 1);
    const every = one.values.map((value) => value.given);
    expect(await query.whereIn("value", every).count()).toBe(one.values.length);
  },
  "distinct and groups": async ({ db, schema, one, read }, at) => {
    const query = db.from(schema.parents).where("value", one.values[at]?.given);
    expectSame(
      (await query.select("value").distinct().many()).map((row) => row.value),
      [read[at]],
    );
    const counted = await query.select("value").groupBy("value").selectCount("rows").sole();
    expectSame([counted.value, counted.rows], [read[at], 1]);
  },
  "firstOrCreate and a relation filter find it": async ({ db, schema, one }, at) => {
    const given = one.values[at]?.given;
    expect((await db.from(schema.parents).firstOrCreate({ value: given })).id).toBe(at + 1);
    const query = db.from(schema.parents).whereHas("children", (q) => q.where("value", given));
    expect(await query.pluck("id")).toEqual([at + 1]);
  },
};

const orderedPaths: Readonly<Record<string, (matrix: Matrix) => Promise<void>>> = {
  "order, nulls first or last": async ({ db, schema, one }) => {
    const read = one.values.map((value) => value.read);
    const query = db.from(schema.parents);
    expectSame(await query.orderBy("value").pluck("value"), [null, ...read]);
    expectSame(await query.orderBy("value", "asc", { nulls: "last" }).pluck("value"), [...read, null]);
    expectSame(await query.orderBy("value", "desc").pluck("value"), [...read.toReversed(), null]);
  },
  "min and max, of rows and of relations": async ({ db, schema, one }) => {
    const read = one.values.map((value) => value.read);
    expectSame(await db.from(schema.parents).min("value"), read[0]);
    expectSame(await db.from(schema.parents).max("value"), read.at(-1));
    const ends = await db.from(schema.parents).selectMin("value", "low").selectMax("value", "high").sole();
    expectSame([ends.low, ends.high], [read[0], read.at(-1)]);
    const parents = await db
      .from(schema.parents)
      .orderBy("id")
      .withMin("children", "value")
      .withMax("children", "value")
      .many();
    expectSame(
      parents.map((parent) => parent.childrenValueMin),
      [...read, null],
    );
    expectSame(
      parents.map((parent) => parent.childrenValueMax),
      [...read, null],
    );
  },
  "comparisons and ranges": async ({ db, schema, one }) => {
    const query = db.from(schema.parents);
    for (const [at, { given }] of one.values.entries()) {
      expect(await query.where("value", "<", given).count()).toBe(at);
      expect(await query.where("value", ">=", given).count()).toBe(one.values.length - at);
      expect(await query.whereBetween("value", [one.values[0]?.given, given]).count()).toBe(at + 1);
      expect(await query.whereNotBetween("value", [one.values[0]?.given, given]).count()).toBe(
        one.values.length - at - 1,
      );
    }
  },
  "cursor pages in both directions": async ({ db, schema, one }) => {
    const read = [null, ...one.values.map((value) => value.read)];
    const query = db.from(schema.parents).orderBy("value");
    const forward: unknown[] = [];
    let page = await query.cursorPaginate({ perPage: 1 });
    for (forward.push(page.data[0]?.value); page.meta.nextCursor !== null; forward.push(page.data[0]?.value)) {
      page = await query.cursorPaginate({ perPage: 1, after: page.meta.nextCursor });
    }
    expectSame(forward, read);
    const backward = [page.data[0]?.value];
    while (page.meta.previousCursor !== null) {
      page = await query.cursorPaginate({ perPage: 1, before: page.meta.previousCursor });
      backward.push(...page.data.map((row) => row.value));
    }
    expectSame(backward.toReversed(), read);
  },
};

const writePaths: Readonly<Record<string, Path>> = {
  "the rows that writes give back": async ({ db, schema, one, inserted, read }, at) => {
    const given = one.values[at]?.given;
    const query = db.from(schema.parents);
    expectSame(inserted[at]?.value, read[at]);
    const row = await query.insert({ value: given });
    expectSame(row.value, read[at]);
    const own = query.where("id", row.id);
    expectSame(
      (await own.returning("value").update({ value: null })).map((one) => one.value),
      [null],
    );
    expectSame(
      (await own.returning().update({ value: given })).map((one) => one.value),
      [read[at]],
    );
    const key = { id: row.id, value: given };
    expectSame((await query.upsert(key, { conflict: ["id"] })).value, read[at]);
    expectSame(
      (await own.returning("value").delete()).map((one) => one.value),
      [read[at]],
    );
  },
  "writing back what was read changes nothing": async ({ db, schema, read }, at) => {
    const own = db.from(schema.children).where("id", at + 1);
    expect(await own.update({ value: read[at] })).toBe(1);
    expectSame(await own.value("value"), read[at]);
  },
};
