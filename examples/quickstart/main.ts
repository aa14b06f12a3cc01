/**
 * A blog in one SQLite file: users write posts, comment on them and tag them.
 *
 * Run it with `npx -y pnpm@12 quickstart`. The models are in the files beside this one, `schema.ts` ties them together.
 */
import { deepStrictEqual } from "node:assert";
import { relative } from "node:path";
import { push } from "@mortise/migrator";
import { db, filename } from "./db.ts";
import { brief, heading, say } from "./print.ts";
import { CommentModel, PostModel, PostTagModel, TagModel, UserModel } from "./schema.ts";

console.log(`Mortise quickstart: a blog in ${relative(process.cwd(), filename)}`);

heading("1. Take the database to the schema");

const first = await push(db);
say("await push(db)", `${first.changes.length} changes, ${first.statements.length} statements, the first of them:`);
console.log(first.statements[0]?.replaceAll(/^/gm, "      "));
const second = await push(db);
say("await push(db)", second.summary);

heading("2. Write");

const [ada, grace] = await db.transaction(async () => [
  await db.from(UserModel).insert({ name: "Ada", email: "ada@example.com" }),
  await db.from(UserModel).insert({ name: "Grace", email: "grace@example.com" }),
]);
say(`await db.from(UserModel).insert({ name: "Ada", ... })`, `id ${ada.id}, created ${ada.createdAt.toISOString()}`);

const [engine, compiler, bug] = await db.from(PostModel).insertMany([
  { userId: ada.id, title: "Notes on the engine", body: "It weaves patterns.", views: 120 },
  { userId: grace.id, title: "A compiler, at last", body: "They said it could not be done.", views: 80 },
  { userId: grace.id, title: "The first bug", body: "It was a moth.", views: 9000 },
]);
if (!engine || !compiler || !bug) throw new Error("Three posts were written.");
const [history, hardware] = await db.from(TagModel).insertMany([{ label: "history" }, { label: "hardware" }]);
if (!history || !hardware) throw new Error("Two tags were written.");
await db.from(PostTagModel).insertMany([
  { postId: engine.id, tagId: history.id },
  { postId: engine.id, tagId: hardware.id },
  { postId: bug.id, tagId: hardware.id },
]);
await db.from(CommentModel).insertMany([
  { postId: engine.id, userId: grace.id, text: "Ahead of its time." },
  { postId: bug.id, userId: ada.id, text: "Is it still in the logbook?" },
  { postId: bug.id, userId: grace.id, text: "With tape." },
]);
say("await db.from(PostModel).insertMany([...])", "3 posts, and likewise 2 tags, 3 tags on posts and 3 comments");

heading("3. Read it back, nested and typed");

const statements: string[] = [];
const stopListening = db.on("query", ({ sql }) => void statements.push(brief(sql)));
const posts = await db
  .from(PostModel)
  .load("author")
  .load("tags", (tag) => tag.orderBy("label"))
  .load("comments", (comment) => comment.orderBy("id").load("author"))
  .orderBy("views", "desc")
  .many();
stopListening();

// `post.author.name` and `comment.author.name` are typed; a misspelt name does not compile.
const lines = posts.map(({ title, author, tags, comments }) => {
  const said = comments.map((comment) => `\n  ${comment.author.name}: ${comment.text}`);
  return `${title}, by ${author.name} [${tags.map((tag) => tag.label).join(", ")}]${said.join("")}`;
});
say(`await db.from(PostModel).load("author").load("tags", ...).load("comments", ...).many()`, ...lines);
say("which took one statement for each relation, however many rows there are:", ...statements);

heading("4. Ask");

const discussed = db.from(PostModel).whereHas("comments", (comment) => comment.where("userId", ada.id));
const { sql, parameters } = discussed.select("title").toSQL();
const titles = await discussed.pluck("title");
say(
  `db.from(PostModel).whereHas("comments", (c) => c.where("userId", ${ada.id}))`,
  sql,
  `parameters: ${parameters.join(", ")}`,
);
say('await ... .pluck("title")', titles.join(", "));
const authors = await db.from(UserModel).withCount("posts").withSum("posts", "views").orderBy("name").plain();
const written = authors.map((one) => `${one.name.padEnd(6)} posts: ${one.postsCount}  views: ${one.postsViewsSum}`);
say(`await db.from(UserModel).withCount("posts").withSum("posts", "views").plain()`, ...written);

deepStrictEqual(second.summary, "no differences");
deepStrictEqual(lines, [
  "The first bug, by Grace [hardware]\n  Ada: Is it still in the logbook?\n  Grace: With tape.",
  "Notes on the engine, by Ada [hardware, history]\n  Grace: Ahead of its time.",
  "A compiler, at last, by Grace []",
]);
deepStrictEqual(titles, ["The first bug"]);
deepStrictEqual(written, ["Ada    posts: 1  views: 120", "Grace  posts: 2  views: 9080"]);
await db.close();
console.log("\nWhat was read is what was written. Open the file with any SQLite tool to see it.");
