import { rowCounts } from "./seed.ts";
import { wideColumns, type WideColumn } from "./wide-columns.ts";

type Document = Readonly<Record<string, unknown>> & { readonly _id?: number | string };

/** The rows of the benchmarks as documents, by collection. */
export function seedDocuments(): Readonly<Record<string, readonly Document[]>> {
  const tagOf = (pair: number) => ((Math.floor((pair - 1) / 3) * 7 + ((pair - 1) % 3) * 11) % rowCounts.tags) + 1;
  return {
    users: documents(rowCounts.users, (i) => ({
      _id: i,
      name: `User ${i}`,
      email: `user${i}@example.com`,
      is_active: i % 5 !== 0,
      created_at: instant(i),
    })),
    posts: documents(rowCounts.posts, (i) => ({
      _id: i,
      user_id: Math.floor((i - 1) / 5) + 1,
      title: `Post number ${i}`,
      views: (i * 7919) % 1000,
      created_at: instant(i),
    })),
    comments: documents(rowCounts.comments, (i) => ({
      _id: i,
      post_id: Math.floor((i - 1) / 4) + 1,
      body: `A comment, the ${i}th of them`,
      created_at: instant(i),
    })),
    tags: documents(rowCounts.tags, (i) => ({ _id: i, label: `tag ${i}` })),
    post_tags: documents(rowCounts.posts * 3, (i) => ({ post_id: Math.floor((i - 1) / 3) + 1, tag_id: tagOf(i) })),
    settings: documents(rowCounts.settings, (i) => ({ _id: `setting ${i}`, value: `value ${i}` })),
    wide: documents(rowCounts.wide, (i) => ({
      _id: i,
      ...Object.fromEntries(wideColumns.map((column, at) => [column.name, wideValue(column, i, at + 1)])),
    })),
  };
}

function documents(count: number, document: (i: number) => Document): readonly Document[] {
  return Array.from({ length: count }, (_, at) => document(at + 1));
}

function instant(i: number): Date {
  return new Date(1_700_000_000_123 + i * 977_000);
}

const values: Readonly<Record<WideColumn["kind"], (i: number, at: number) => unknown>> = {
  integer: (i, at) => (i * at * 37) % 100_003,
  text: (i, at) => `text ${i} of column ${at}`,
  flag: (i, at) => i % at === 0,
  instant: (i, at) => instant(i * at),
  document: (i, at) => ({ n: i, list: [at, "b", "c"] }),
  number: (i, at) => i / at + 0.5,
};

function wideValue({ kind, nullable }: WideColumn, i: number, at: number): unknown {
  return nullable && i % 3 === 0 ? null : values[kind](i, at);
}
