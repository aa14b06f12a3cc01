import { toolsOf } from "@mortise/core/adapter";
import { inspect, migrate } from "@mortise/migrator";
import { expect, test } from "vitest";
import type { Target } from "../values/target.ts";
import { withModules } from "./module-bench.ts";

/** Calls that make a column `c`, with the kind of type that the engine needs for it. */
const calls: readonly (readonly [call: string, kind: string])[] = [
  ["tinyInteger('c')", "tinyInteger"],
  ["smallInteger('c').unsigned()", "smallInteger"],
  ["mediumInteger('c')", "mediumInteger"],
  ["integer('c').defaultTo(-3)", "integer"],
  ["bigInteger('c').defaultTo(12345678901234n)", "bigInteger"],
  ["decimal('c', 8, 2).defaultTo('1.50')", "decimal"],
  ["float('c', 3, 1)", "float"],
  ["double('c')", "double"],
  ["real('c')", "real"],
  ["string('c', 30).defaultTo(\"it's; --\")", "string"],
  ["varchar('c', 7)", "string"],
  ["char('c', 2)", "char"],
  ["text('c').nullable()", "text"],
  ["mediumText('c')", "mediumText"],
  ["longText('c')", "longText"],
  ["date('c').defaultTo('2026-01-02')", "date"],
  ["time('c')", "time"],
  ["datetime('c').defaultTo(schema.fn.now())", "datetime"],
  ["timestamp('c', { useTz: false, precision: 3 }).notNullable()", "timestamp"],
  ["boolean('c').defaultTo(true)", "boolean"],
  ["json('c')", "json"],
  ["jsonb('c')", "jsonb"],
  ["binary('c')", "binary"],
  ["varbinary('c', 16)", "binary"],
  ["uuid('c')", "uuid"],
  ["foreignUuid('c')", "uuid"],
  ["ulid('c')", "ulid"],
  ["enum('c', ['a', 'it\\'s']).defaultTo('a')", "enum"],
  ["set('c', ['a', 'b'])", "set"],
  ["geometry('c')", "geometry"],
  ["point('c')", "geometry"],
  ["lineString('c')", "geometry"],
  ["polygon('c')", "geometry"],
  ["inet('c')", "inet"],
  ["macaddr('c')", "macaddr"],
  ["specificType('c', 'int')", "specific"],
  ["integer('c').comment('it\\'s')", "integer"],
  ["integer('c').generatedAs('n + 1')", "integer"],
];

/** Types that a plain server of the engine has not got: they come with an extension. */
const extended = /geometry\('c'\)/;

/** Every type of the schema builder: made, or refused by name where the engine has none. */
export function columnCases(target: Target): void {
  test("with every type of column", () =>
    withModules(target, async ({ directory, on, write }) => {
      const kinds = await on(async (db) => toolsOf(db).capabilities.columns);
      const held = calls.filter(([call, kind]) => kinds.some((one) => one === kind) && !extended.test(call));
      const tables = held.map(
        ([call], at) =>
          `schema.createTable("t${at}", (table) => { table.increments("id"); table.integer("n"); table.${call}; });`,
      );
      await write("1_all", `up(schema) { ${tables.join("\n")} }`);
      await on((db) => migrate(db, { directory }));
      const { tables: made } = await on((db) => inspect(db));
      expect(made.filter(({ columns }) => columns.some(({ name }) => name === "c"))).toHaveLength(held.length);
      for (const [call, kind] of calls) {
        if (kinds.some((one) => one === kind)) continue;
        await write("2_none", `up(schema) { schema.createTable("none", (table) => { table.${call}; }); }`);
        await expect(on((db) => migrate(db, { directory }))).rejects.toMatchObject({
          code: "UNSUPPORTED",
          column: "c",
        });
      }
    }));

  test("with checks that hold", () =>
    withModules(target, async ({ directory, on, write }) => {
      const hasPatterns = await on(async (db) => (await toolsOf(db).openSchema()).patternCheck !== undefined);
      const pattern = hasPatterns ? '.checkRegex("^[A-Z]{2}[0-9]+$")' : "";
      await write(
        "1_a",
        `up(schema) { schema.createTable("a", (table) => {
          table.integer("id").primary();
          table.string("code")${pattern};
          table.integer("price").check("price < 100", "cheap");
          table.check("price <> 13");
        }); }`,
      );
      await on((db) => migrate(db, { directory }));
      await on((db) => db.raw("insert into a (id, code, price) values (1, 'AB12', 5)"));
      for (const [code, price] of [
        ...(hasPatterns ? [["ab1", 5] as const, ["AB", 5] as const] : []),
        ["AB1", 100],
        ["AB1", 13],
      ]) {
        const insert = (id: number) =>
          on((db) => db.raw(`insert into a (id, code, price) values (${id}, '${code}', ${price})`));
        await expect(insert(2)).rejects.toMatchObject({ code: "CHECK_VIOLATION" });
      }
      if (hasPatterns) return;
      await write("2_b", 'up(schema) { schema.table("a", (table) => { table.text("b").checkRegex("x"); }); }');
      await expect(on((db) => migrate(db, { directory }))).rejects.toThrow(
        /The check that "b" of "a" matches a pattern is not/,
      );
    }));
}
