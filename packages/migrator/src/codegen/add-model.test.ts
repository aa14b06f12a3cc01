import { expect, test } from "vitest";
import { addModel } from "./add-model.ts";

const added = { model: "Post", key: "posts", from: "./models/post.ts" };

test("a model is imported and stands in the schema; nothing else of the file changes", async () => {
  const text = [
    'import { createSchema } from "@mortise/core";',
    'import { User } from "./models/user.ts";',
    "",
    "// All of it.",
    "export const schema = createSchema({",
    "  users: User, // who writes",
    "});",
    "",
  ].join("\n");
  expect(await addModel(text, "schema.ts", added)).toBe(
    [
      'import { createSchema } from "@mortise/core";',
      'import { User } from "./models/user.ts";',
      'import { Post } from "./models/post.ts";',
      "",
      "// All of it.",
      "export const schema = createSchema({",
      "  users: User, // who writes",
      "  posts: Post,",
      "});",
      "",
    ].join("\n"),
  );
});

test("where the models are exported by name, the new one is, too", async () => {
  const text =
    'import { createSchema } from "@mortise/core";\nconst schema = createSchema({});\nexport const { users: UserModel } = schema;\n';
  const made = await addModel(text, "schema.ts", added);
  expect(made).toContain("posts: Post");
  expect(made).toContain("export const { users: UserModel, posts: PostModel } = schema;");
});

test("a key that is taken, and a schema that is made elsewhere, are refused", async () => {
  await expect(addModel("createSchema({ posts: Other });", "schema.ts", added)).rejects.toThrow(
    'schema.ts has "posts" in its schema already, so nothing was written.',
  );
  await expect(addModel("createSchema(models);", "schema.ts", added)).rejects.toThrow(
    'import { Post } from "./models/post.ts", and posts: Post in the schema.',
  );
});
