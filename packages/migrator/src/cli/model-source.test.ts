import { expect, test } from "vitest";
import { newModel } from "./model-source.ts";

test("a model gets its table, its key and its file by its name", () => {
  const { model, key, table, file, source } = newModel("BlogPost", false);
  expect({ model, key, table, file }).toEqual({
    model: "BlogPost",
    key: "blogPosts",
    table: "blog_posts",
    file: "blog-post",
  });
  expect(source).toContain('export const BlogPost = defineModel("blog_posts", {');
});

test("a pivot points at both models, and both columns are its key", () => {
  const { table, source, columns } = newModel("post_tag", true);
  expect(table).toBe("post_tags");
  expect(source).toContain(
    "    postId: col.integer({ nullable: false }),\n    tagId: col.integer({ nullable: false }),\n",
  );
  expect(source).toContain('  primaryKey: ["postId", "tagId"],');
  expect(columns).toContain('table.primary(["post_id", "tag_id"]);');
});

test.each([
  ["1st", false, /begins with a letter/],
  ["", false, /begins with a letter/],
  ["Tag", true, /named after the two models/],
])("%o as a model is refused", (name, pivot, sentence) => {
  expect(() => newModel(name, pivot)).toThrow(sentence);
});
