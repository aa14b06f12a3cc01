import {
  col,
  createDatabase,
  createSchema,
  defineModel,
  defineRelations,
  InvalidValueError,
  MortiseError,
} from "@mortise/core";
import { push } from "@mortise/migrator";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "../values/target.ts";
import { check, lawTimeout } from "./check.ts";
import { hostile } from "./hostile-texts.ts";

/** Whatever a text looks like it is only a text: as a value it comes back or is refused, as a name it works or is refused before it is sent. */
export function hostileLaws(target: Target): void {
  describe("hostile texts", () => {
    let texts: Texts;
    beforeAll(async () => void (texts = await openTexts(target)));
    afterAll(() => texts.db.close());

    it(
      "are values like any other, or are refused",
      () =>
        check(
          fc.asyncProperty(hostile, (text) => asValue(texts, text)),
          200,
        ),
      lawTimeout,
    );
    it(
      "are names in a query, or are refused before anything is sent",
      () =>
        check(
          fc.asyncProperty(hostile, (name) => asQueryName(texts, name)),
          150,
        ),
      lawTimeout,
    );
    it(
      "are names of tables, columns and relations, or are refused by the definition",
      () =>
        check(
          fc.asyncProperty(hostile, hostile, (table, column) => asSchemaName(target, table, column)),
          60,
        ),
      lawTimeout,
    );
    it(
      "never become operators, directions or options",
      () =>
        check(
          fc.asyncProperty(hostile, (text) => asKeyword(texts, text)),
          150,
        ),
      lawTimeout,
    );
    it("leave Object.prototype as it was", () => {
      expect(Object.getOwnPropertyNames(Object.prototype).toSorted()).toEqual(plainNames);
      expect(Object.hasOwn({}, "admin")).toBe(false);
    });
  });
}

const plainNames = Object.getOwnPropertyNames(Object.prototype).toSorted();
type Texts = Awaited<ReturnType<typeof openTexts>>;

async function openTexts(target: Target) {
  const Text = defineModel("texts", { columns: { id: col.increment(), text: col.text(), data: col.json() } });
  const relations = defineRelations(Text, ({ hasMany }) => ({ others: hasMany(Text, { foreignKey: "id" }) }));
  const schema = createSchema({ texts: Text }, { texts: relations });
  const adapter = await target.open();
  const db = createDatabase(schema, adapter);
  await push(db);
  const sent: string[] = [];
  db.on("query", ({ sql }) => void sent.push(sql));
  return {
    db,
    query: db.from(schema.texts),
    sent,
    raw: adapter.capabilities.raw,
    target,
  };
}

async function asValue({ query, raw, target }: Texts, text: string): Promise<void> {
  await query.truncate();
  await query.insert({ text: "other" });
  if (!text.isWellFormed() || text.includes("\0")) {
    for (const act of [
      () => query.insert({ text }),
      () => query.where("text", text).many(),
      () => query.insert({ data: { [text]: text } }),
    ]) {
      await expect(act()).rejects.toThrow(InvalidValueError);
    }
    return;
  }
  const data: unknown = JSON.parse(JSON.stringify({ list: [text], inner: 1 }));
  const { id } = await query.insert({ text, data });
  expect(await query.findOrFail(id)).toEqual({ id, text, data });
  const ids = text === "other" ? [id - 1, id] : [id];
  expect(await query.where("text", text).orderBy("id").pluck("id")).toEqual(ids);
  expect(await query.whereIn("text", [text, "\u{1f4a5}"]).orderBy("id").pluck("id")).toEqual(ids);
  expect(await query.where("id", id).whereContains("text", text).count()).toBe(1);
  expect(await query.where("id", id).whereStartsWith("text", text).whereEndsWith("text", text).count()).toBe(1);
  expect(await query.where("id", id).whereJson("data", ["list", 0], text).count()).toBe(1);
  expect(
    await query
      .where("id", id)
      .whereJsonContains("data", { list: [text] })
      .count(),
  ).toBe(1);
  if (raw) expect(await query.whereRaw("text = ?", [text]).count()).toBe(ids.length);
  const named: unknown = JSON.parse(`{${JSON.stringify(text)}: {"a": 1}}`);
  const renamed = query.where("id", id).update({ data: named });
  if (target.refusedKeys?.test(text) === true) {
    await expect(renamed).rejects.toThrow(InvalidValueError);
    return;
  }
  await renamed;
  expect(JSON.stringify(await query.where("id", id).value("data"))).toBe(JSON.stringify(named));
  const byKey = query.where("id", id).whereJson("data", [text, "a"], 1).count();
  if (target.unreachableKeys?.test(text) === true) await expect(byKey).rejects.toThrow(InvalidValueError);
  else expect(await byKey).toBe(1);
}

/** Runs a query that may be refused; when it is not, one statement was sent and the result is what it should be. */
async function worksOrRefused(
  { sent }: Pick<Texts, "sent">,
  act: () => Promise<unknown>,
  check: (result: unknown) => void,
): Promise<void> {
  sent.length = 0;
  try {
    check(await act());
    expect(sent).toHaveLength(1);
  } catch (error) {
    if (!(error instanceof MortiseError)) throw error;
    expect({ name: error.name, code: error.code, sent }).toEqual({
      name: expect.any(String),
      code: expect.stringMatching(/^(INVALID|UNKNOWN|UNSUPPORTED)/),
      sent: [],
    });
  }
}

async function asQueryName(texts: Texts, name: string): Promise<void> {
  const { query } = texts;
  await query.truncate();
  await query.insert({ id: 1, text: "t" });
  await query.insert({ id: 2, text: "u" });
  const own = (value: unknown) => (result: unknown) =>
    expect(Object.getOwnPropertyDescriptor(Object([result].flat()[0]), name)?.value).toBe(value);
  const one = query.where("id", 1);
  const key = untrusted(name);
  await worksOrRefused(texts, () => one.select({ [name]: "text" }).many(), own("t"));
  await worksOrRefused(texts, () => one.selectCount(name).many(), own(1));
  await worksOrRefused(texts, () => one.withCount("others", { as: name }).many(), own(1));
  await worksOrRefused(
    texts,
    () =>
      one
        .select({ [name]: "text" })
        .orderBy(key)
        .distinct()
        .many(),
    own("t"),
  );
  const known = ["id", "text", "data"].includes(name.replace(/^texts\./, ""));
  const column = known ? () => undefined : () => expect("this").toBe("refused");
  await worksOrRefused(texts, () => one.select(key).many(), column);
  await worksOrRefused(texts, () => one.where(key, untrusted(1)).many(), column);
  await worksOrRefused(texts, () => one.where({ [name]: 1 }).many(), column);
  await worksOrRefused(texts, () => one.orderBy(key).many(), column);
  await worksOrRefused(texts, () => one.groupBy(key).select(key).many(), column);
  await worksOrRefused(texts, () => one.max(key), column);
  await worksOrRefused(texts, () => query.insert(untrusted({ [name]: null })), column);
  await worksOrRefused(
    texts,
    () => one.update(untrusted({ [name]: null })),
    known ? column : () => expect("this").toBe("refused"),
  );
  const relation = name === "others" ? () => undefined : () => expect("this").toBe("refused");
  await worksOrRefused(texts, () => one.load(key).many(), relation);
  await worksOrRefused(texts, () => one.whereHas(key).many(), relation);
  await worksOrRefused(texts, () => one.withCount(key).many(), relation);
  await worksOrRefused(
    texts,
    () => query.with(name, one).where("id", 1).many(),
    (rows) => expect(rows).toHaveLength(1),
  );
  expect(await query.whereIn("text", ["t", "u"]).count()).toBeGreaterThanOrEqual(1);
}

const keywords: readonly ((query: Texts["query"], text: never) => unknown)[] = [
  (query, text) => query.where("text", text, untrusted("t")).many(),
  (query, text) => query.orderBy("text", text).many(),
  (query, text) => query.orderBy("text", "asc", { nulls: text }).many(),
  (query, text) => query.has("others", text, 1).many(),
  (query, text) => query.whereColumn("text", text, "id").many(),
  (query, text) => query.withoutHooks(text).many(),
  (query, text) => query.load("others", { strategy: text }).many(),
  (query, text) => query.limit(text).many(),
  (query, text) => query.offset(text).many(),
  (query, text) => query.cursorPaginate({ after: text }),
];

async function asKeyword({ query, sent }: Texts, text: string): Promise<void> {
  for (const act of keywords) {
    sent.length = 0;
    const error = await Promise.resolve()
      .then(() => act(query, untrusted(text)))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MortiseError);
    expect(sent).toEqual([]);
  }
}

async function asSchemaName(target: Target, table: string, column: string): Promise<void> {
  const adapter = await target.open();
  let schema, db;
  try {
    schema = namedSchema(table, column);
    db = createDatabase(schema, adapter);
  } catch (error) {
    expect(error).toBeInstanceOf(MortiseError);
    return;
  }
  try {
    await push(db);
    const { id } = await db.from(schema.named).insert(untrusted({ [column]: "v" }));
    const rows = await db
      .from(schema.named)
      .where({ [column]: "v" })
      .load(untrusted(`${column}!`))
      .many();
    expect(rows.map((row) => Object.getOwnPropertyDescriptor(row, column)?.value)).toEqual(["v"]);
    expect(Object.getOwnPropertyDescriptor(rows[0] ?? {}, `${column}!`)?.value).toHaveLength(1);
    expect(
      await db
        .from(schema.named)
        .where(untrusted({ other: "default" }))
        .pluck("id"),
    ).toEqual([id]);
    expect(await db.from(schema.named).where("id", id).delete()).toBe(1);
  } catch (error) {
    if (!(error instanceof MortiseError)) throw error;
    expect(error.message).toMatch(/reserved|sqlite_|already|named/i);
  } finally {
    await db.close();
  }
}

/** `table` also names a column in the database, as `databaseName`. */
function namedSchema(table: string, column: string) {
  const columns = {
    id: col.increment(),
    other: col.text({ databaseName: `${table} of ${column}`, default: "default" }),
  };
  const Named = defineModel(table, {
    columns: { ...columns, [column]: col.text() },
    options: { databaseCaseConvention: "preserve" },
  });
  const relations = defineRelations(Named, ({ hasMany }) => ({ [`${column}!`]: hasMany(Named, { foreignKey: "id" }) }));
  return createSchema({ named: Named }, { named: relations });
}
