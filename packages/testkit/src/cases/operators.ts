import { InvalidQueryError } from "@mortise/core";
import { expect } from "vitest";
import { blog, Post } from "../models/blog.ts";
import { suite } from "../suite.ts";
import { untrusted } from "../untrusted.ts";

const strangers: readonly unknown[] = [
  "==",
  "<=>",
  "LIKE",
  "similar to",
  "= 1 or 1 =",
  "; drop table posts",
  "",
  " ",
  "constructor",
  "toString",
  "__proto__",
  null,
  undefined,
  1,
  true,
  {},
  ["="],
];

export const operators = suite("closed lists", blog, {
  "operators are a closed list at run time": async ({ db, refused }) => {
    for (const operator of strangers) {
      await refused(InvalidQueryError, () => db.from(Post).where("views", untrusted(operator), untrusted(1)));
      await refused(InvalidQueryError, () => db.from(Post).orWhere("views", untrusted(operator), untrusted(1)));
      await refused(InvalidQueryError, () => db.from(Post).whereNot("views", untrusted(operator), untrusted(1)));
      await refused(InvalidQueryError, () => db.from(Post).whereColumn("views", untrusted(operator), "id"));
      await refused(InvalidQueryError, () =>
        db.from(Post).whereDate(untrusted("views"), untrusted(operator), "2024-01-01"),
      );
      await refused(InvalidQueryError, () => db.from(Post).having("views", untrusted(operator), 1));
      await refused(InvalidQueryError, () => db.from(Post).orHaving("views", untrusted(operator), 1));
      if (operator === undefined) continue;
      await refused(InvalidQueryError, () => db.from(Post).has("comments", untrusted(operator), 1));
      await refused(InvalidQueryError, () => db.from(Post).whereHas("comments", undefined, untrusted(operator), 1));
    }
  },
  "an operator of another kind is refused where two values are compared": async ({ db, refused }) => {
    for (const operator of ["like", "in", "between", "is", "regexp", "not in"]) {
      await refused(InvalidQueryError, () => db.from(Post).whereColumn("views", untrusted(operator), "id"));
      await refused(InvalidQueryError, () => db.from(Post).having("views", untrusted(operator), 1));
      await refused(InvalidQueryError, () => db.from(Post).has("comments", untrusted(operator), 1));
    }
  },
  "lock options are a closed list at run time": async ({ db, refused }) => {
    for (const options of [
      { skip: true },
      { skipLocked: "yes" },
      { noWait: 1 },
      "skip locked",
      1,
      null,
      [],
      { skipLocked: true, noWait: true },
    ]) {
      await refused(InvalidQueryError, () => db.from(Post).lockForUpdate(untrusted(options)));
      await refused(InvalidQueryError, () => db.from(Post).lockForShare(untrusted(options)));
    }
  },
  "where takes its forms and no other": async ({ db, refused }) => {
    const query: object = db.from(Post);
    const where: unknown = Reflect.get(query, "where");
    expect(where).toBeTypeOf("function");
    for (const given of [[], ["views"], ["views", "=", 1, 2], [1], [null], ["views = 1"], [[["views", 1]]], [true]]) {
      await refused(InvalidQueryError, () => untrusted(Reflect.apply(untrusted(where), query, given)));
    }
  },
});
