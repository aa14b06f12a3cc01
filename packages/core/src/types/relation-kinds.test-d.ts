import { expectTypeOf, test } from "vitest";
import { expectRows } from "./expect-rows.fixture.ts";
import type { Adapter } from "../adapter/adapter.ts";
import { col } from "../model/col.ts";
import { createSchema } from "../model/create-schema.ts";
import { defineModel } from "../model/define-model.ts";
import { defineRelations } from "../model/define-relations.ts";
import { createDatabase } from "../runtime/create-database.ts";

const Region = defineModel("regions", { columns: { id: col.increment(), name: col.string({ nullable: false }) } });
const Author = defineModel("authors", { columns: { id: col.increment(), regionId: col.integer() } });
const Article = defineModel("articles", {
  columns: { id: col.increment(), authorId: col.integer(), title: col.string({ nullable: false }) },
});
const Video = defineModel("videos", { columns: { id: col.increment(), seconds: col.integer({ nullable: false }) } });
const Note = defineModel("notes", {
  columns: {
    id: col.increment(),
    ownerType: col.string(),
    ownerId: col.integer(),
    kind: col.string(),
    articleId: col.integer(),
    videoId: col.integer(),
  },
});
const Tag = defineModel("tags", { columns: { id: col.increment(), label: col.string({ nullable: false }) } });
const Tagging = defineModel("taggings", {
  columns: {
    tagId: col.integer({ nullable: false }),
    itemType: col.string({ nullable: false }),
    itemId: col.integer({ nullable: false }),
    weight: col.integer({ nullable: false }),
    createdAt: col.datetime(),
    updatedAt: col.datetime(),
  },
  primaryKey: ["tagId", "itemType", "itemId"],
});

const targets = { article: Article, video: Video };
const between = { through: Author, firstKey: "regionId", secondKey: "authorId" } as const;
const schema = createSchema(
  { regions: Region, authors: Author, articles: Article, videos: Video, notes: Note, tags: Tag, taggings: Tagging },
  {
    regions: defineRelations(Region, ({ hasManyThrough, hasOneThrough }) => ({
      articles: hasManyThrough(Article, between),
      first: hasOneThrough(Article, { ...between, localKey: "id", secondLocalKey: "id", orderBy: "title" }),
    })),
    articles: defineRelations(Article, ({ morphMany, morphOne, morphToMany }) => ({
      notes: morphMany(Note, { name: "owner" }),
      note: morphOne(Note, { typeColumn: "kind", idColumn: "ownerId", orderBy: ["id", "desc"] }),
      tags: morphToMany(Tag, {
        through: Tagging,
        name: "item",
        rightForeignKey: "tagId",
        pivot: ["weight"],
        timestamps: true,
      }),
      labels: morphToMany(Tag, { through: Tagging, name: "item", rightForeignKey: "tagId" }),
    })),
    notes: defineRelations(Note, ({ morphTo }) => ({
      owner: morphTo({ name: "owner", targets }),
      sure: morphTo({ name: "owner", targets, nullable: false }),
      subject: morphTo({
        targets,
        arc: { article: "articleId", video: "videoId" },
        constraint: { onDelete: "cascade" },
      }),
    })),
    tags: defineRelations(Tag, ({ morphedByMany }) => ({
      videos: morphedByMany(Video, { through: Tagging, name: "item", leftForeignKey: "tagId", timestamps: true }),
    })),
  },
);
declare const adapter: Adapter<never>;
const db = createDatabase(schema, adapter);

type ArticleRow = { id: number; authorId: number | null; title: string };
type NoteRow = {
  id: number;
  ownerType: string | null;
  ownerId: number | null;
  kind: string | null;
  articleId: number | null;
  videoId: number | null;
};
type OwnerRow =
  | { type: "article"; id: number; authorId: number | null; title: string }
  | { type: "video"; id: number; seconds: number };

test("relations through a model give the target's rows", async () => {
  const region = await db.from(Region).load("articles", "first").oneOrFail();
  expectRows(region.articles).toEqualTypeOf<ArticleRow[]>();
  expectRows(region.first).toEqualTypeOf<ArticleRow | null>();
  db.from(Region).whereHas("articles", (articles) => articles.where("title", "x"), ">=", 2);
  // @ts-expect-error -- a column of the model between
  db.from(Region).whereHas("articles", (articles) => articles.where("regionId", 1));
  // @ts-expect-error -- a column of the target where one of the model between is asked
  defineRelations(Region, ({ hasManyThrough }) => ({ a: hasManyThrough(Article, { ...between, firstKey: "title" }) }));
  // prettier-ignore
  // @ts-expect-error -- a column of the model between where one of the target is asked
  defineRelations(Region, ({ hasManyThrough }) => ({ a: hasManyThrough(Article, { ...between, secondKey: "regionId" }) }));
  // prettier-ignore
  // @ts-expect-error -- no such column on the model between
  defineRelations(Region, ({ hasOneThrough }) => ({ a: hasOneThrough(Article, { ...between, secondLocalKey: "title" }) }));
  // prettier-ignore
  // @ts-expect-error -- the second key is needed
  defineRelations(Region, ({ hasOneThrough }) => ({ a: hasOneThrough(Article, { through: Author, firstKey: "regionId" }) }));
});

test("morphOne and morphMany give the target's rows", async () => {
  const article = await db.from(Article).load("notes", "note").oneOrFail();
  expectRows(article.notes).toEqualTypeOf<NoteRow[]>();
  expectRows(article.note).toEqualTypeOf<NoteRow | null>();
  // @ts-expect-error -- the target has no columns of that name
  defineRelations(Article, ({ morphMany }) => ({ notes: morphMany(Note, { name: "author" }) }));
  // @ts-expect-error -- a name, or columns
  defineRelations(Article, ({ morphMany }) => ({ notes: morphMany(Note, {}) }));
  // @ts-expect-error -- no such column on the target
  defineRelations(Article, ({ morphOne }) => ({ note: morphOne(Note, { typeColumn: "title", idColumn: "ownerId" }) }));
});

test("morphTo gives a row of one of its targets, told apart by type", async () => {
  const note = await db.from(Note).select("id").load("owner").oneOrFail();
  expectRows(note).toEqualTypeOf<{ id: number; owner: OwnerRow | null }>();
  if (note.owner?.type === "video") expectTypeOf(note.owner.seconds).toEqualTypeOf<number>();
  expectRows((await db.from(Note).load("sure").oneOrFail()).sure).toEqualTypeOf<OwnerRow>();
  expectRows((await db.from(Note).load("subject").oneOrFail()).subject).toEqualTypeOf<OwnerRow | null>();
  expectRows((await db.from(Note).load({ owner: true }).oneOrFail()).owner).toEqualTypeOf<OwnerRow | null>();
  // @ts-expect-error -- before its type is known it has no columns but those of both
  void note.owner?.seconds;
  // @ts-expect-error -- no such target
  void (note.owner?.type === "page");
});

test("targets of a morphTo are built one by one", async () => {
  const note = await db
    .from(Note)
    .select("id")
    .load("owner", { article: (articles) => articles.select("title").load("labels") })
    .oneOrFail();
  expectRows(note.owner).toEqualTypeOf<
    | { type: "article"; title: string; labels: { id: number; label: string }[] }
    | { type: "video"; id: number; seconds: number }
    | null
  >();
  const tree = await db
    .from(Note)
    .select("id")
    .load({ owner: { article: { labels: true } } })
    .oneOrFail();
  if (tree.owner?.type === "article") expectRows(tree.owner.labels).toEqualTypeOf<{ id: number; label: string }[]>();
  // @ts-expect-error -- no such target
  db.from(Note).load("owner", { page: true });
  // @ts-expect-error -- no such column on the target
  db.from(Note).load("owner", { video: (videos) => videos.where("title", "x") });
  // @ts-expect-error -- one callback for all targets knows no column
  db.from(Note).load("owner", (owner) => owner.where("title", "x"));
  // @ts-expect-error -- no such relation on the target
  db.from(Note).load({ owner: { video: { labels: true } } });
});

test("filters by a morphTo name targets, rows and models", () => {
  const notes = db.from(Note);
  notes.has("owner").whereHas("owner", { article: (articles) => articles.where("title", "x"), video: true });
  notes.withCount("owner").withExists("owner", { video: true }, { as: "hasVideo" });
  notes.whereMorphedTo("owner", Article).whereMorphedTo("owner", Article, 1).orWhereMorphedTo("owner", null);
  notes.whereMorphedTo("owner", { id: 1, seconds: 5 });
  // @ts-expect-error -- no such target
  notes.whereHas("owner", { page: true });
  // @ts-expect-error -- one callback for all targets has no columns
  notes.whereHas("owner", (owner) => owner);
  // @ts-expect-error -- no such column on the target
  notes.whereHas("owner", { video: (videos) => videos.where("title", "x") });
  // @ts-expect-error -- columns of several models are not added up
  notes.withSum("owner", "id");
  // @ts-expect-error -- not one of the targets
  notes.whereMorphedTo("owner", Tag);
  // @ts-expect-error -- a row is its own key
  notes.whereMorphedTo("owner", { id: 1 }, 1);
  // @ts-expect-error -- not a relation to one of several models
  db.from(Article).whereMorphedTo("notes", Note);
});

test("morphTo takes the columns and models that there are", () => {
  // @ts-expect-error -- no columns of that name
  defineRelations(Note, ({ morphTo }) => ({ owner: morphTo({ name: "author", targets }) }));
  // @ts-expect-error -- targets are needed
  defineRelations(Note, ({ morphTo }) => ({ owner: morphTo({ name: "owner" }) }));
  // @ts-expect-error -- targets are models
  defineRelations(Note, ({ morphTo }) => ({ owner: morphTo({ name: "owner", targets: { article: "articles" } }) }));
  // @ts-expect-error -- a key for each target
  defineRelations(Note, ({ morphTo }) => ({ owner: morphTo({ targets, arc: { article: "articleId" } }) }));
  // @ts-expect-error -- no such column
  defineRelations(Note, ({ morphTo }) => ({ owner: morphTo({ targets, arc: { article: "articleId", video: "x" } }) }));
  const arc = { article: "articleId", video: "videoId" } as const;
  // @ts-expect-error -- an arc's key that is set to null leads nowhere
  defineRelations(Note, ({ morphTo }) => ({ owner: morphTo({ targets, arc, constraint: { onDelete: "set null" } }) }));
});

test("an arc beside its belongsTo relations knows the names of its targets", () => {
  const relations = defineRelations(Note, ({ belongsTo, morphTo }) => ({
    article: belongsTo(Article, { foreignKey: "articleId" }),
    video: belongsTo(Video, { foreignKey: "videoId" }),
    subject: morphTo({ arc: { article: "articleId", video: "videoId" } }),
  }));
  const loose = createDatabase(
    createSchema({ notes: Note, articles: Article, videos: Video }, { notes: relations }),
    adapter,
  );
  loose.from(Note).whereHas("subject", { article: true });
  // @ts-expect-error -- no such target
  loose.from(Note).whereHas("subject", { page: true });
  // @ts-expect-error -- no such column
  defineRelations(Note, ({ morphTo }) => ({ subject: morphTo({ arc: { article: "nope", video: "videoId" } }) }));
});

test("polymorphic pivots show columns and timestamps", async () => {
  const article = await db.from(Article).load("tags", "labels").oneOrFail();
  expectTypeOf(article.tags[0]!.pivot).toEqualTypeOf<{
    weight: number;
    createdAt: Date | null;
    updatedAt: Date | null;
  }>();
  expectRows(article.labels).toEqualTypeOf<{ id: number; label: string }[]>();
  const tag = await db.from(Tag).load("videos").oneOrFail();
  expectTypeOf(tag.videos[0]!.pivot).toEqualTypeOf<{ createdAt: Date | null; updatedAt: Date | null }>();
  const keys = { through: Tagging, name: "item" } as const;
  // @ts-expect-error -- the key of the target is needed
  defineRelations(Article, ({ morphToMany }) => ({ tags: morphToMany(Tag, keys) }));
  // prettier-ignore
  // @ts-expect-error -- no such columns on the pivot
  defineRelations(Article, ({ morphToMany }) => ({ tags: morphToMany(Tag, { ...keys, name: "x", rightForeignKey: "tagId" }) }));
  // prettier-ignore
  // @ts-expect-error -- a column of the target, not of the pivot
  defineRelations(Tag, ({ morphedByMany }) => ({ videos: morphedByMany(Video, { ...keys, leftForeignKey: "seconds" }) }));
});
