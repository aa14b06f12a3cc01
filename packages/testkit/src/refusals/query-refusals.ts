import {
  InvalidQueryError,
  InvalidValueError,
  MortiseError,
  UnknownColumnError,
  UnknownRelationError,
  UnsupportedError,
} from "@mortise/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untrusted } from "../untrusted.ts";
import type { Target } from "../values/target.ts";
import { expectRefusal, type Refusal } from "./refusal.ts";
import { queries, texts, unknownNames, unknownRelations, values, type Act } from "./query-mistakes.ts";
import { openShop, type Shop } from "./shop.ts";

const all = "id, email, region, number, age, born, meta, note, deletedAt";

const unsupported: Readonly<
  Record<string, { readonly lacks: (shop: Shop) => boolean; readonly act: Act; readonly says: string | RegExp }>
> = {
  lockForUpdate: {
    lacks: ({ adapter }) => !adapter.capabilities.rowLocks,
    act: ({ customers }) => customers.lockForUpdate().many(),
    says: "lockForUpdate is not supported by NAME. Use a transaction: it locks what it writes.",
  },
  lockForShare: {
    lacks: ({ adapter }) => !adapter.capabilities.rowLocks,
    act: ({ customers }) => customers.lockForShare().many(),
    says: "lockForShare is not supported by NAME. Use a transaction: it locks what it writes.",
  },
  distinctOn: {
    lacks: ({ adapter }) => !adapter.capabilities.distinctOn,
    act: ({ customers }) => customers.distinctOn("age").many(),
    says: "distinctOn is not supported by NAME. Use distinct, groupBy, or a relation with a limit.",
  },
  whereFullText: {
    lacks: ({ adapter }) => !adapter.capabilities.fullText,
    act: ({ customers }) => customers.whereFullText("note", "x").many(),
    says: /^Full-text search is not supported by NAME\. Use (whereContains, or write the search of your database with whereRaw|db\.collection\(Model\) with \$text)\.$/,
  },
  isolation: {
    lacks: () => true,
    act: ({ db }) => db.transaction(() => undefined, { isolation: untrusted("chaos") }),
    says: 'Isolation "chaos" is not supported by NAME. It has: LEVELS.',
  },
};

const drafts: Readonly<Record<string, (keep: (draft: { where: unknown }) => void, shop: Shop) => unknown>> = {
  "a group": (keep, { customers }) => customers.where((q) => keep(q)),
  load: (keep, { customers }) => customers.load("orders", (q) => keep(q)),
  whereHas: (keep, { customers }) => customers.whereHas("orders", (q) => keep(q)),
  when: (keep, { customers }) => customers.when(true, (q) => keep(q)),
};

/** Queries that make no sense, refused before anything is sent. */
export function queryRefusals(target: Target): void {
  describe("a query", () => {
    let shop: Shop;
    beforeAll(async () => void (shop = await openShop(target.open)));
    afterAll(() => shop.db.close());
    const refused: Refused = async (refusal, act) => {
      shop.sent.length = 0;
      await expectRefusal({ ...refusal, act: () => act?.(shop) });
      expect(shop.sent).toEqual([]);
    };
    it.each(Object.keys(unknownNames))("has no unknown column in %s", (name) =>
      refused(unknownColumn, unknownNames[name]),
    );
    it.each(Object.keys(unknownRelations))("has no unknown relation in %s", (name) =>
      refused(unknownRelation, unknownRelations[name]),
    );
    it.each(Object.keys(values))("%s", (says) =>
      refused({ type: InvalidValueError, code: "INVALID_VALUE", says }, values[says]),
    );
    it.each(Object.keys(queries))("%s", (says) =>
      refused({ type: InvalidQueryError, code: "INVALID_QUERY", says }, queries[says]),
    );
    it.for(Object.keys(texts))("%s", async (says, { skip }) => {
      skip(!shop.adapter.capabilities.raw, `${target.name} has no SQL`);
      const { code = "INVALID_QUERY", act } = texts[says] ?? {};
      const type = code === "INVALID_VALUE" ? InvalidValueError : InvalidQueryError;
      await refused({ type, code, says }, act);
    });
    it.each(Object.keys(unsupported))("has no %s where the engine has none", async (name) => {
      const one = unsupported[name];
      if (one?.lacks(shop) !== true) return;
      const { name: adapter, capabilities } = shop.adapter;
      const filled = (text: string) =>
        text.replace("NAME", adapter).replace("LEVELS", capabilities.isolation.join(", "));
      const says = typeof one.says === "string" ? filled(one.says) : new RegExp(filled(one.says.source));
      await refused({ type: UnsupportedError, code: "UNSUPPORTED", says, has: { adapter } }, one.act);
    });
    it.each(Object.keys(drafts))("is not built by the draft of %s after its callback", (name) => {
      const kept: { where: unknown }[] = [];
      drafts[name]?.((draft) => void kept.push(draft), shop);
      return refused(staleDraft, () => Reflect.apply(untrusted(kept[0]?.where), kept[0], ["id", 1]));
    });
    it.each(["", "x", "!!!", "eyJh", "\u{1f600}", 5, {}])("takes no cursor such as %j", (cursor) =>
      refused(badCursor, ({ customers }) => customers.cursorPaginate({ after: untrusted(cursor) })),
    );
    it("takes no cursor of another query, and none that was changed", () => otherCursors(shop, refused));
  });
}

type Expected = Omit<Refusal, "act">;
type Refused = (refusal: Expected, act: Act | undefined) => Promise<void>;

const unknownColumn: Expected = {
  type: UnknownColumnError,
  code: "UNKNOWN_COLUMN",
  says: new RegExp(`^Model "customers" has no column "nope"\\. (In reach are|It has): ${all}\\.$`),
  has: { model: "customers", column: "nope" },
};
const unknownRelation: Expected = {
  type: UnknownRelationError,
  code: "UNKNOWN_RELATION",
  says: /^Model "(customers|orders)" has no relation "nope"\. It has: (orders|customer)\.$/,
};
const staleDraft: Expected = {
  type: MortiseError,
  code: "STALE_DRAFT",
  says: /^The query of model "(customers|orders)" was used after the callback that it was handed to\. Build inside the callback, or start a query of your own with db\.from\.$/,
};
const badCursor: Expected = {
  type: MortiseError,
  code: "CURSOR",
  says: 'This cursor does not belong to this query on model "customers". A cursor fits only the filters and the order it was made with. Start again without one.',
  has: { model: "customers" },
};

async function otherCursors(shop: Shop, refused: Refused): Promise<void> {
  await shop.customers.insertMany([{ email: "a" }, { email: "b" }]);
  const { nextCursor } = (await shop.customers.orderBy("email").cursorPaginate({ perPage: 1 })).meta;
  expect((await shop.customers.orderBy("email").cursorPaginate({ perPage: 5, after: nextCursor })).data).toHaveLength(
    1,
  );
  const after = nextCursor ?? "";
  const changed = `${after.slice(0, 20)}${after[20] === "A" ? "B" : "A"}${after.slice(21)}`;
  const others: readonly Act[] = [
    ({ customers }) => customers.orderBy("email", "desc").cursorPaginate({ after }),
    ({ customers }) => customers.orderBy("email").where("age", ">", 1).cursorPaginate({ after }),
    ({ customers }) => customers.cursorPaginate({ after }),
    ({ orders }) => orders.cursorPaginate({ before: after }),
    ({ customers }) => customers.orderBy("email").cursorPaginate({ after: changed }),
  ];
  for (const act of others) {
    await refused({ type: MortiseError, code: "CURSOR", says: /does not belong to this query/ }, act);
  }
  await shop.customers.unfiltered().forceDelete();
}
