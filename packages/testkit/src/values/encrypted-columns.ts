import { col, createDatabase, createSchema, DecryptionError, defineModel, InvalidQueryError } from "@mortise/core";
import { push } from "@mortise/migrator";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { SharedDatabase, Target } from "./target.ts";

const old = { id: "2023", secret: "the secret of the year 2023" };
const current = { id: "2024", secret: "the secret of the year 2024" };

/** Encrypted columns: what is stored tells nothing, and nothing that was changed is read. */
export function encryptedColumns(target: Target): void {
  describe("encrypted columns", () => {
    let shared: SharedDatabase;
    const opened: Opened[] = [];
    const openWith: OpenWith = async (keys) => {
      const one = await open(shared, keys);
      opened.push(one);
      return one;
    };
    let canHold: boolean;
    beforeAll(async () => {
      shared = await target.shared();
      canHold = (await shared.open()).capabilities.columns.includes("encrypted");
    });
    beforeEach(({ skip }) => skip(!canHold, `${target.name} has no encrypted columns`));
    afterAll(() => shared.remove());
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.query.truncate().then(() => one.db.close());
    });
    it.each(Object.keys(cases))("%s", (name) => cases[name]?.(openWith));
    it.each(Object.keys(comparisons))("refuse %s", async (name) => {
      const { query } = await openWith([current]);
      const error = await Promise.resolve()
        .then(() => comparisons[name]?.(query))
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InvalidQueryError);
      expect(error).toMatchObject({ code: "INVALID_QUERY", model: "secrets", column: "token" });
    });
  });
}

type OpenWith = (keys: Keys) => Promise<Opened>;

const stored = async ({ db }: Opened) =>
  (await db.raw<{ token: string }>("select token from secrets order by id")).map((row) => row.token);

const cases: Readonly<Record<string, (openWith: OpenWith) => Promise<void>>> = {
  "store every text in another way each time, the empty one too": async (openWith) => {
    const one = await openWith([current]);
    await one.query.insertMany(["", "", "plain text"].map((token) => ({ token })));
    const texts = await stored(one);
    expect(new Set(texts).size).toBe(3);
    expect(texts.join()).not.toContain("plain");
    for (const text of texts) expect(text).toMatch(/^v1\.[\w-]+\.[\w-]{16}\.[\w-]{22}\.[\w-]*$/);
    expect(await one.query.orderBy("id").pluck("token")).toEqual(["", "", "plain text"]);
  },
  "rotate their keys: the first writes, all read, and a missing one is told": async (openWith) => {
    const { id } = await (await openWith([old])).query.insert({ token: "before" });
    const rotated = await openWith([current, old]);
    await rotated.query.insert({ token: "after" });
    expect(await rotated.query.orderBy("id").pluck("token")).toEqual(["before", "after"]);
    const late = await openWith([current]);
    await expect(late.query.where("id", id).sole()).rejects.toThrow(DecryptionError);
    expect(await late.query.where("id", "!=", id).value("token")).toBe("after");
  },
  "notice every change of a stored value": async (openWith) => {
    const one = await openWith([current]);
    await one.query.insert({ token: "secret" });
    const [text = ""] = await stored(one);
    for (const changed of [text.slice(0, -1), `${text}A`, swapCase(text), text.replace("v1.", "v2."), "", "plain"]) {
      await one.db.raw("update secrets set token = ?", [changed]);
      const error = await one.query.sole().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DecryptionError);
      expect(error).toMatchObject({ code: "DECRYPTION", model: "secrets", column: "token" });
      expect(String(error)).not.toContain("secret ");
    }
  },
  "notice a value of another column, and keep one that moved to another row": async (openWith) => {
    const one = await openWith([current]);
    const [from, to] = await one.query.insertMany([{ token: "first", other: "other" }, { token: "second" }]);
    await one.db.raw(
      "update secrets set token = (select token from (select token from secrets where id = ?) as other) where id = ?",
      [from?.id, to?.id],
    );
    expect(await one.query.where("id", to?.id ?? 0).value("token")).toBe("first");
    await one.db.raw("update secrets set token = other where id = ?", [from?.id]);
    await expect(one.query.whereNotNull("other").sole()).rejects.toThrow(DecryptionError);
  },
  "can be tested for null": async (openWith) => {
    const { query } = await openWith([current]);
    await query.insertMany([{ token: null }, { token: "x" }]);
    expect([await query.whereNull("token").count(), await query.whereNotNull("token").count()]).toEqual([1, 1]);
  },
};

type Keys = readonly { readonly id: string; readonly secret: string }[];
type Opened = Awaited<ReturnType<typeof open>>;

async function open(shared: SharedDatabase, keys: Keys) {
  const token = col.encryption.symmetric({ keys });
  const Secret = defineModel("secrets", { columns: { id: col.increment(), token, other: token } });
  const schema = createSchema({ secrets: Secret });
  const db = createDatabase(schema, await shared.open());
  await push(db);
  return { db, query: db.from(schema.secrets) };
}

const comparisons: Readonly<Record<string, (query: Opened["query"]) => unknown>> = {
  where: (query) => query.where("token", "x").many(),
  "an order of comparison": (query) => query.where("token", ">", "x").many(),
  whereIn: (query) => query.whereIn("token", ["x"]).many(),
  whereBetween: (query) => query.whereBetween("token", ["a", "b"]).many(),
  whereContains: (query) => query.whereContains("token", "x").many(),
  whereLike: (query) => query.whereLike("token", "x").many(),
  regexp: (query) => query.where("token", "regexp", "x").many(),
  whereColumn: (query) => query.whereColumn("token", "other").many(),
  orderBy: (query) => query.orderBy("token").many(),
  "a page in its order": (query) => query.orderBy("token").cursorPaginate(),
  groupBy: (query) => query.select("token").groupBy("token").many(),
  "distinct rows of it": (query) => query.select("token").distinct().many(),
  min: (query) => query.min("token"),
  selectMax: (query) => query.selectMax("token", "top").many(),
  firstOrCreate: (query) => query.firstOrCreate({ token: "x" }),
  "the filter of a delete": (query) => query.where("token", untrusted("x")).delete(),
};

function swapCase(text: string): string {
  const last = text.at(-1) ?? "";
  return text.slice(0, -1) + (last === "A" ? "B" : "A");
}
