import { test } from "vitest";
import { raw } from "../model/raw.ts";
import { Comment, db, Post, User } from "./shop.fixture.ts";

const users = db.from(User);

test("conditions take values of their columns", () => {
  users.where("name", "Ann").where("id", 1).where("bio", null).where("createdAt", new Date());
  users.where("status", "active").where("visits", 9n).where("visits", 9).where("balance", "1.50");
  users.where("name", raw("lower(?)", ["ANN"])).where({ id: 1, bio: null, status: "active" });
  users.where((group) => group.where("id", 1).orWhere((inner) => inner.whereNull("bio")));
  // @ts-expect-error -- no such column
  users.where("nope", 1);
  // @ts-expect-error -- text, not a number
  users.where("name", 1);
  // @ts-expect-error -- not one of the values
  users.where("status", "gone");
  // @ts-expect-error -- a `Date`, not text
  users.where("createdAt", "2026-01-01");
  // @ts-expect-error -- text, since the date is `as: "string"`
  users.where("bornOn", new Date());
  // @ts-expect-error -- an exact decimal is text
  users.where("balance", 1.5);
  // @ts-expect-error -- undefined is no value
  users.where("name", undefined);
  // @ts-expect-error -- a list is `whereIn`
  users.where("id", [1, 2]);
  // @ts-expect-error -- an object is no scalar
  users.where("name", { $ne: "Ann" });
  // @ts-expect-error -- a database name is no property
  users.where("created_at", new Date());
  // @ts-expect-error -- no such column in the object
  users.where({ nope: 1 });
  // @ts-expect-error -- a list in the object
  users.where({ id: [1, 2] });
  // @ts-expect-error -- no such column in the group
  users.where((group) => group.where("nope", 1));
});

test("operators decide the value", () => {
  users.where("id", ">=", 1).where("name", "like", "A%").where("bio", "is not", null).where("bio", "!=", null);
  users
    .where("id", "in", [1, 2])
    .where("status", "not in", ["blocked"])
    .where("id", "in", db.from(Post).select("userId"));
  users.where("createdAt", "between", [new Date(), new Date()]).where("name", "regexp", "^A");
  // @ts-expect-error -- no such operator
  users.where("id", "==", 1);
  // @ts-expect-error -- `in` takes a list
  users.where("id", "in", 1);
  // @ts-expect-error -- a list of the column's values
  users.where("id", "in", ["a"]);
  // @ts-expect-error -- `between` takes two
  users.where("id", "between", [1]);
  // @ts-expect-error -- `between` takes no more than two
  users.where("id", "between", [1, 2, 3]);
  // @ts-expect-error -- `like` takes text
  users.where("name", "like", 1);
  // @ts-expect-error -- `>` takes one value
  users.where("id", ">", [1]);
  // @ts-expect-error -- values of the column
  users.where("id", ">", "1");
  // @ts-expect-error -- no list for `=`
  users.where("status", "=", ["active"]);
});

test("methods for each kind of condition", () => {
  users.whereIn("id", [1]).whereIn("id", db.from(Post).select("userId")).whereNotIn("status", ["active"]);
  users.whereBetween("id", [1, 2]).whereNull("bio").whereContains("name", "50%").whereColumn("name", "!=", "email");
  users.whereDate("createdAt", ">", "2026-01-01").whereYear("createdAt", 2026).whereTime("createdAt", "<", "12:00");
  users.whereJson("settings", ["theme"], "=", "dark").whereFullText(["name", "bio"], "ann").orWhereNot("id", 1);
  users.whereExists(db.from(Post).whereColumn("userId", "users.id")).when(1, (query, one) => query.where("id", one));
  // @ts-expect-error -- no such column
  users.whereIn("nope", [1]);
  // @ts-expect-error -- a list of the column's values
  users.whereIn("id", ["a"]);
  // @ts-expect-error -- not one of the values
  users.whereNotIn("status", ["gone"]);
  // @ts-expect-error -- two values of the column
  users.whereBetween("id", ["a", "b"]);
  // @ts-expect-error -- no such column
  users.whereNull("nope");
  // @ts-expect-error -- text
  users.whereContains("name", 5);
  // @ts-expect-error -- no such column on the right
  users.whereColumn("name", "nope");
  // @ts-expect-error -- a number
  users.whereYear("createdAt", "2026");
  // @ts-expect-error -- no such operator for a date
  users.whereDate("createdAt", "like", "2026");
  // @ts-expect-error -- a query, not a list
  users.whereExists([1]);
  // @ts-expect-error -- no such column among those searched
  users.whereFullText(["name", "nope"], "ann");
  // @ts-expect-error -- the value is not of the column's type
  users.when("x", (query, value) => query.where("id", value));
});

test("relations filter by their names", () => {
  users.whereHas("posts").whereHas("posts", (posts) => posts.where("views", ">", 5), ">=", 3);
  users
    .whereDoesntHave("roles", (roles) => roles.where("title", "admin"))
    .has("posts", ">", 1)
    .orHas("profile");
  db.from(Comment).whereHas("parent", (parent) => parent.whereHas("post", (post) => post.where("title", "x")));
  // @ts-expect-error -- no such relation
  users.whereHas("nope");
  // @ts-expect-error -- a relation of another model
  users.whereHas("comments");
  // @ts-expect-error -- no such column on the target
  users.whereHas("posts", (posts) => posts.where("body", "x"));
  // @ts-expect-error -- no such relation on the target
  users.whereHas("posts", (posts) => posts.whereHas("roles"));
  // @ts-expect-error -- no such operator
  users.whereHas("posts", (posts) => posts, "~", 3);
  // @ts-expect-error -- no such relation
  users.has("name");
  // @ts-expect-error -- no such relation
  users.whereDoesntHave("writings");
});
