import {
  col,
  createDatabase,
  createSchema,
  defineModel,
  defineRelations,
  InvalidQueryError,
  MortiseError,
} from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "../values/target.ts";

/** Large queries work, or are one typed error; nothing overflows. */
export function sizeLaws(target: Target): void {
  describe("size", () => {
    let nodes: Nodes;
    beforeAll(async () => void (nodes = await open(target)));
    afterAll(() => nodes.db.close());
    it.each(Object.keys(nested))("takes %s nested 200 deep, and refuses 6,000", async (name) => {
      const make = nested[name];
      expect(await make?.(nodes, 200).catch(typed)).toBeDefined();
      const error = await Promise.resolve()
        .then(() => make?.(nodes, 6000))
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InvalidQueryError);
      expect(error).toMatchObject({
        code: "INVALID_QUERY",
        model: "nodes",
        message: expect.stringContaining("500 levels"),
      });
    });
    it("takes thousands of conditions side by side", async () => {
      let query = nodes.query;
      for (let at = 0; at < 3000; at += 1) query = query.orWhere("id", at);
      expect(await query.count()).toBe(0);
      expect(query.toSQL().parameters).toHaveLength(3000);
    });
    it("takes lists of 100,000 values with one plan", async () => {
      await nodes.query.insertMany([{ n: 5 }, { n: 99_999 }, { n: 100_001 }]);
      const list = Array.from({ length: 100_000 }, (_, at) => at);
      expect(await nodes.query.whereIn("n", list).count()).toBe(2);
      const { misses } = nodes.db.planCache;
      expect(await nodes.query.whereIn("n", [5]).count()).toBe(1);
      expect(await nodes.query.whereNotIn("n", list).count()).toBe(1);
      expect(nodes.db.planCache.misses).toBe(misses + 1);
      expect(await nodes.query.findMany(list)).toHaveLength(3);
      await nodes.query.truncate();
    });
    it("inserts 100,000 rows", async () => {
      const rows = await nodes.query.insertMany(Array.from({ length: 100_000 }, (_, at) => ({ n: at })));
      expect(rows).toHaveLength(100_000);
      expect(rows.at(-1)?.n).toBe(99_999);
      expect(await nodes.query.sum("n")).toBe((99_999 * 100_000) / 2);
      let seen = 0;
      for await (const row of nodes.query.stream({ batch: 1000 })) seen += row.n === null ? 0 : 1;
      expect(seen).toBe(100_000);
      expect(await nodes.query.where("n", ">=", 0).delete()).toBe(100_000);
    }, 60_000);
  });
}

type Nodes = Awaited<ReturnType<typeof open>>;
type Query = Nodes["query"];

async function open(target: Target) {
  const Node = defineModel("nodes", { columns: { id: col.increment(), parentId: col.integer(), n: col.integer() } });
  const relations = defineRelations(Node, ({ belongsTo, hasMany }) => ({
    parent: belongsTo(Node, { foreignKey: "parentId" }),
    children: hasMany(Node, { foreignKey: "parentId" }),
  }));
  const schema = createSchema({ nodes: Node }, { nodes: relations });
  const db = createDatabase(schema, await target.open());
  await push(db);
  return { db, query: db.from(schema.nodes) };
}

/** An engine may take fewer levels than we do, by a typed error. */
function typed(error: unknown): unknown {
  expect(error).toBeInstanceOf(MortiseError);
  return error;
}

/** A callback that nests so deep. */
function deep(
  levels: number,
  nest: (query: Query, inner: (draft: unknown) => unknown) => unknown,
): (draft: unknown) => unknown {
  return (draft) => (levels === 0 ? asQuery(draft).where("n", 1) : nest(asQuery(draft), deep(levels - 1, nest)));
}

function asQuery(draft: unknown): Query {
  return untrusted(draft);
}

/** Wraps a query in itself so many times. */
function wrapped(query: Query, levels: number, wrap: (inner: Query) => unknown): Query {
  let at = query;
  for (let level = 0; level < levels; level += 1) at = asQuery(wrap(at));
  return at;
}

const nested: Readonly<Record<string, (nodes: Nodes, levels: number) => Promise<unknown>>> = {
  "where groups": ({ query }, levels) =>
    query.where(deep(levels, (q, inner) => q.where("n", 0).orWhere(inner))).count(),
  "whereNot groups": ({ query }, levels) => query.whereNot(deep(levels, (q, inner) => q.whereNot(inner))).count(),
  whereHas: ({ query }, levels) =>
    query
      .whereHas(
        "children",
        deep(levels, (q, inner) => q.whereHas("children", inner)),
      )
      .count(),
  "relations in load": ({ query }, levels) =>
    query.load("children", untrusted(deep(levels, (q, inner) => q.load("children", untrusted(inner))))).many(),
  "names in load": ({ query }, levels) => query.load(untrusted(tree(levels))).many(),
  whereExists: ({ query }, levels) => wrapped(query, levels, (inner) => query.whereExists(inner)).count(),
  "queries after in": ({ query }, levels) =>
    wrapped(query, levels, (inner) => query.whereIn("id", inner.select("id"))).count(),
  unions: ({ query }, levels) => wrapped(query, levels, (inner) => query.union(inner)).many(),
  "common tables": ({ query }, levels) => wrapped(query, levels, (inner) => query.with("inner", inner)).many(),
  "callbacks of when": ({ query }, levels) =>
    asQuery(
      query.when(
        true,
        deep(levels, (q, inner) => q.when(true, inner)),
      ),
    ).count(),
};

function tree(levels: number): object {
  let at: object = { children: true };
  for (let level = 0; level < levels; level += 1) at = { children: at };
  return at;
}
