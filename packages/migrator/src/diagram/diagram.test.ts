import { expect, test } from "vitest";
import { col, createSchema, defineModel, defineRelations } from "@mortise/core";
import { diagram } from "./diagram.ts";

const User = defineModel("users", {
  columns: { id: col.increment(), email: col.string({ nullable: false, unique: true }), bossId: col.integer() },
});
const Profile = defineModel("profiles", { columns: { userId: col.integer({ primaryKey: true }), bio: col.text() } });
const Hostile = defineModel('a"b`${1}</text><script>', {
  columns: { "x y\n": col.specific<string>('my "type"'), "<b>&": col.array(col.decimal({ precision: 5, scale: 2 })) },
});
const schema = createSchema(
  { users: User, profiles: Profile, hostile: Hostile },
  {
    users: defineRelations(User, ({ belongsTo, hasOne }) => ({
      boss: belongsTo(User, { foreignKey: "bossId", constraint: true }),
      profile: hasOne(Profile, { foreignKey: "userId" }),
    })),
    profiles: defineRelations(Profile, ({ belongsTo }) => ({
      user: belongsTo(User, { foreignKey: "userId", nullable: false }),
    })),
  },
);

test("a schema as Mermaid text: keys, unique ones and those that may lead nowhere, and names as words", async () => {
  expect(await diagram(schema)).toBe(`erDiagram
  "users" {
    integer id PK
    string(255) email UK
    integer boss_id FK
  }
  "profiles" {
    integer user_id PK, FK
    text bio
  }
  "a b\`\${1}</text><script>" {
    my_type_ x_y_
    decimal(5_2)[] column__b_
  }
  "users" |o--o{ "users" : "boss_id"
  "users" ||--o| "profiles" : "user_id"
`);
});

test("a schema as SVG: every table and column is a text of its own, and no name is markup", async () => {
  const svg = await diagram(schema, { format: "svg" });
  const shown = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  expect(shown).toEqual(
    expect.arrayContaining(["users", "email", "string(255)", "boss_id", "profiles", "PK FK", "UK"]),
  );
  expect(shown).toContain("a&quot;b`${1}&lt;/text&gt;&lt;script&gt;");
  expect(svg).not.toContain("<script>");
  expect(svg.match(/<title>.*<\/title>/g)).toEqual([
    "<title>users (boss_id) → users</title>",
    "<title>profiles (user_id) → users</title>",
  ]);
});

test("a hundred tables lie side by side, and none over another", async () => {
  const models = Array.from({ length: 100 }, (_, at) =>
    defineModel(`table_${at}`, { columns: { id: col.increment(), parentId: col.integer() } }),
  );
  const many = createSchema(Object.fromEntries(models.map((model, at) => [`t${at}`, model])));
  const svg = await diagram(many, { format: "svg" });
  const boxes = [
    ...svg.matchAll(/translate\(([\d.]+) ([\d.]+)\)">\n\s*<rect class="box" width="([\d.]+)" height="([\d.]+)"/g),
  ].map(([, x, y, width, height]) => ({ x: Number(x), y: Number(y), width: Number(width), height: Number(height) }));
  expect(boxes).toHaveLength(100);
  const overlaps = boxes.filter((a) =>
    boxes.some(
      (b) => a !== b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
    ),
  );
  expect(overlaps).toEqual([]);
});

test("what is no schema, and a format that is none, are refused", async () => {
  await expect(diagram({})).rejects.toThrow("This is not a schema.");
  await expect(diagram(schema, { format: "png" as "svg" })).rejects.toThrow(
    'The format of a diagram is "mermaid" or "svg".',
  );
});
