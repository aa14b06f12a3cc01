import fc from "fast-check";
import { expect, it } from "vitest";
import type { Column } from "./protocol/column.ts";
import { loadDriver } from "./load-driver.ts";
import { settingsOf } from "./options.ts";
import { openRaw, queryText, type RawConnection, type WriteAnswer } from "./raw-connection.ts";
import { onServers, type TestServer } from "./servers.fixture.ts";
import { StatementCache } from "./statement-cache.ts";
import { openTestDatabase } from "./test-database.fixture.ts";
import { wireOf } from "./protocol/wire.ts";

type Value = string | number | bigint | boolean | Buffer | null;

interface Executed {
  readonly rows: readonly unknown[][];
  readonly columns: readonly Column[] | undefined;
  readonly written: WriteAnswer;
}

function executed(statements: StatementCache, sql: string, values: readonly Value[] = []): Promise<Executed> {
  return new Promise((resolve, reject) => {
    const rows: unknown[][] = [];
    statements.execute(sql, values, rows, (cause, columns, written) => {
      if (cause === null) resolve({ rows, columns, written });
      else reject(cause instanceof Error ? cause : new Error("No error.", { cause }));
    });
  });
}

function executedByDriver(raw: RawConnection, sql: string, values: readonly Value[] = []): Promise<unknown> {
  return new Promise((resolve, reject) => {
    raw.execute({ sql, values: [...values], rowsAsArray: true }, (cause, rows) => {
      if (cause === null) resolve(rows);
      else reject(cause);
    });
  });
}

async function withConnection(server: TestServer, body: (raw: RawConnection) => Promise<void>): Promise<void> {
  const database = await openTestDatabase(server);
  const raw = await openRaw(loadDriver(), settingsOf({ uri: database.url }), new AbortController().signal);
  try {
    await body(raw);
  } finally {
    raw.destroy();
    await database.remove();
  }
}

const dates = ["2024-02-29", "1000-01-01", "9999-12-31"];
const clocks = ["", " 00:00:01", " 23:59:59.5", " 13:05:09.000250", " 01:02:03.999999"];
const times = ["00:00:00", "-838:59:59", "838:59:59", "01:02:03.25", "-00:00:00.000001"];
const texts = ["", "a", "é", "ab", "aé", "abc", "abcd", "ab€", "abcde", "𝄞", "x".repeat(250), "é".repeat(126)];

const expressions = [
  ...dates.map((date) => `cast('${date}' as date)`),
  ...dates.flatMap((date) =>
    clocks.flatMap((clock) => [0, 1, 3, 6].map((digits) => `cast('${date}${clock}' as datetime(${digits}))`)),
  ),
  ...times.flatMap((time) => [0, 2, 6].map((digits) => `cast('${time}' as time(${digits}))`)),
  ...texts.map((text) => `'${text}'`),
  "repeat('y', 251)",
  "repeat('é', 40000)",
  "repeat('z', 70000)",
  "cast(null as datetime)",
  "null",
  "17",
  "-17",
  "9007199254740991",
  "9007199254740993",
  "-9223372036854775808",
  "18446744073709551615",
  "1.50",
  "-0.000000000000000000000000000001",
  "1e0",
  "-1.7976931348623157e308",
  "0.1e0",
  "x'00ff'",
  "x''",
  "json_object('a', 1)",
  "st_geomfromtext('point(1 2)')",
  "st_geomfromtext('polygon((0 0, 1 0, 1 1, 0 0))')",
];

const columnTypes = [
  ...["tinyint", "smallint", "mediumint", "int", "bigint"].flatMap((type) => [
    { type, values: ["-128", "-1", "0", "127"] },
    { type: `${type} unsigned`, values: ["0", "1", "255"] },
  ]),
  { type: "smallint", values: ["-32768", "32767"] },
  { type: "mediumint", values: ["-8388608", "8388607"] },
  { type: "int", values: ["-2147483648", "2147483647"] },
  { type: "int unsigned", values: ["4294967295"] },
  { type: "bigint unsigned", values: ["9007199254740993", "18446744073709551615"] },
  { type: "float", values: ["0.1", "-3.4e38"] },
  { type: "bit(9)", values: ["b'101010101'"] },
  { type: "year", values: ["1999", "2155"] },
  { type: "timestamp(6)", values: ["'2024-02-29 01:02:03.000400'"] },
  { type: "char(5)", values: ["'ab'"] },
  { type: "binary(5)", values: ["'ab'"] },
  { type: "varbinary(300)", values: ["repeat('b', 300)"] },
  { type: "mediumtext", values: ["'text'"] },
  { type: "longblob", values: ["'bytes'"] },
  { type: "enum('a','b')", values: ["'b'"] },
  { type: "set('a','b')", values: ["'a,b'"] },
  { type: "json", values: [`'{"a":[1,2]}'`] },
  { type: "decimal(65,30)", values: ["12345678901234567890.5"] },
];

onServers((server) => {
  it("reads every type as the driver does, with nulls at every place", async () => {
    await withConnection(server, async (raw) => {
      const statements = new StatementCache(wireOf(raw));
      const columns = columnTypes.flatMap(({ type, values }, at) =>
        values.map((value, index) => ({ name: `c${at}_${index}`, type, value })),
      );
      await queryText(raw, `create table t (${columns.map(({ name, type }) => `${name} ${type} null`).join(", ")})`);
      await queryText(raw, `insert into t values (${columns.map(({ value }) => value).join(", ")})`);
      await queryText(raw, "insert into t values ()");
      for (const [at] of columns.entries()) {
        const some = columns.map(({ value }, index) => (index % (at + 1) === 0 ? "null" : value));
        await queryText(raw, `insert into t values (${some.join(", ")})`);
      }
      for (const sql of [`select ${expressions.join(", ")}`, "select * from t", "select * from t where 1 = 0"]) {
        const { rows, columns: described } = await executed(statements, sql);
        expect(rows).toEqual(await executedByDriver(raw, sql));
        // Once more, by the columns that are known.
        expect(await executed(statements, sql)).toMatchObject({ rows, columns: described });
      }
    });
  });

  it("sends every value as the driver does", async () => {
    await withConnection(server, async (raw) => {
      const statements = new StatementCache(wireOf(raw));
      const value = fc.oneof<fc.Arbitrary<Value>[]>(
        fc.string({ unit: "grapheme", maxLength: 400 }),
        fc.integer(),
        fc.maxSafeInteger(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
        fc.constant(null),
      );
      await queryText(raw, "create table t (id int primary key auto_increment, t text, i bigint, d double, b blob)");
      let run = 0;
      const property = fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 20 }), async (values) => {
        // MySQL takes a statement's parameters for what they were before, so that each has a text of its own.
        run += 1;
        const sql = `select ${values.map(() => "hex(?), ? + 0, concat(?, '')").join(", ")}, ${run}`;
        const parameters = values.flatMap((one) => [one, one, one]);
        const outcome = (run: Promise<unknown>) =>
          run.then(
            (rows) => ({ rows }),
            (error: unknown) => ({ error: String(error) }),
          );
        expect(await outcome(executed(statements, sql, parameters).then(({ rows }) => rows))).toEqual(
          await outcome(executedByDriver(raw, sql, parameters)),
        );
      });
      await fc.assert(property, { numRuns: 100 });
      const edges = [0, -0, 1, -1, 127, 128, 255, 65535, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53) + 1];
      const wide = [...edges.map(BigInt), 2n ** 63n - 1n, -(2n ** 63n)];
      for (const whole of [...edges, ...wide]) {
        const { written } = await executed(statements, "insert into t (i) values (?)", [whole]);
        const { rows } = await executed(statements, "select cast(i as char), i = ? from t where id = ?", [
          whole,
          Number(written.insertId),
        ]);
        expect(rows).toEqual([[String(BigInt(whole)), 1]]);
      }
    });
  });

  it("sends and reads what takes more than one packet", async () => {
    await withConnection(server, async (raw) => {
      const statements = new StatementCache(wireOf(raw));
      const [[most] = []] = (await executed(statements, "select @@max_allowed_packet")).rows;
      const length = Math.min(Number(most) - 1000, 17_000_000);
      const { rows } = await executed(statements, "select ?, length(?)", ["x".repeat(length / 2 - 100), "y"]);
      expect(String(rows[0]?.[0])).toHaveLength(length / 2 - 100);
      if (length < 16_777_300) return;
      expect((await executed(statements, "select length(?)", ["x".repeat(length)])).rows).toEqual([[length]]);
      expect(String((await executed(statements, "select repeat('x', ?)", [length])).rows[0]?.[0])).toHaveLength(length);
    });
  });

  it("notices columns that changed since the last answer", async () => {
    await withConnection(server, async (raw) => {
      const statements = new StatementCache(wireOf(raw));
      await queryText(raw, "create table t (a int, b varchar(10))");
      await queryText(raw, "insert into t values (1, '2')");
      expect((await executed(statements, "select * from t")).rows).toEqual([[1, "2"]]);
      await queryText(raw, "alter table t modify b int");
      expect((await executed(statements, "select * from t")).rows).toEqual([[1, 2]]);
      await queryText(raw, "alter table t add c varchar(10) default 'c', change a d bigint");
      const { rows, columns } = await executed(statements, "select * from t");
      expect(rows).toEqual([[1, 2, "c"]]);
      expect(columns?.map(({ name }) => name)).toEqual(["d", "b", "c"]);
    });
  });

  it("gives the first rows of a procedure, and what a write did", async () => {
    await withConnection(server, async (raw) => {
      const statements = new StatementCache(wireOf(raw));
      await queryText(raw, "create procedure p() begin do 1; select 1 as a, 2 as b; select 'x'; end");
      expect(await executed(statements, "call p()")).toMatchObject({ rows: [[1, 2]] });
      await queryText(raw, "create table t (id bigint unsigned primary key auto_increment, a int)");
      await queryText(raw, "alter table t auto_increment = 9007199254740993");
      const insert = await executed(statements, "insert into t (a) values (?), (?)", [1, 2]);
      expect(insert).toEqual({
        rows: [],
        columns: undefined,
        written: { affectedRows: 2, insertId: 9007199254740993n },
      });
      expect((await executed(statements, "update t set a = ?", [1])).written.affectedRows).toBe(2);
      const longName = "n".repeat(64);
      const { columns } = await executed(statements, `select 1 as ${longName}`);
      expect(columns?.map(({ name }) => name)).toEqual([longName]);
    });
  });

  it("fails with the server's error, before and while rows come, and goes on", async () => {
    await withConnection(server, async (raw) => {
      const statements = new StatementCache(wireOf(raw));
      await expect(executed(statements, "select nothing")).rejects.toMatchObject({ errno: 1054 });
      await queryText(raw, "create table t (a int primary key)");
      await queryText(raw, "insert into t values (1), (2), (3)");
      await expect(executed(statements, "insert into t values (?)", [1])).rejects.toMatchObject({ errno: 1062 });
      const late = "select (select a from t as i where i.a >= t.a) from t order by a desc";
      await expect(executed(statements, late)).rejects.toMatchObject({ errno: 1242 });
      await expect(executed(statements, "select ?", [Object("object") as string])).rejects.toThrow(TypeError);
      expect((await executed(statements, "select count(*) from t")).rows).toEqual([[3]]);
    });
  });

  it("keeps no more than 500 statements on the server, those that were used last", async () => {
    await withConnection(server, async (raw) => {
      const statements = new StatementCache(wireOf(raw));
      const counts = async (): Promise<{ readonly made: number; readonly kept: number }> => {
        const names = "variable_name in ('Com_stmt_prepare', 'Com_stmt_close')";
        const { rows } = await executed(statements, `show session status where ${names}`);
        const of = (name: string): number => Number(rows.find(([one]) => one === name)?.[1]);
        return { made: of("Com_stmt_prepare"), kept: of("Com_stmt_prepare") - of("Com_stmt_close") };
      };
      for (let at = 0; at < 600; at += 1) {
        expect((await executed(statements, `select ${at}`)).rows).toEqual([[at]]);
        await executed(statements, "select 0");
      }
      const { made, kept } = await counts();
      expect(kept).toBe(500);
      await executed(statements, "select 0");
      await executed(statements, "select 599");
      expect(await counts()).toEqual({ made, kept });
      // Two at once are one statement.
      await Promise.all([executed(statements, "select 'same'"), executed(statements, "select 'same'")]);
      expect((await counts()).kept).toBe(500);
    });
  });
});
