/**
 * A music shop: artists, albums and tracks, playlists, employees, customers and what they bought.
 *
 * Its rows are generated, the same in every run. The models are in `models.ts`, the questions in `questions.ts`.
 */
import { strictEqual } from "node:assert";
import { push } from "@mortise/migrator";
import { db } from "./db.ts";
import { generate } from "./generate.ts";
import { Invoice, InvoiceLine } from "./models.ts";
import { questions } from "./questions.ts";
import { table } from "./table.ts";

const { changes } = await push(db);
const rows = await generate();
console.log(`A music shop with ${changes.length} tables and ${rows} tracks, playlist entries and sales.`);

for (const { title, columns, ask } of questions) {
  const answer = await ask();
  console.log(`\n${title}\n\n${table(columns, answer)}`);
  if (answer.length === 0) throw new Error(`Nobody could answer: ${title}`);
}

strictEqual(await db.from(Invoice).sum("total"), await db.from(InvoiceLine).sum("price"));
const { hits, misses } = db.planCache;
console.log(
  `\nThe invoices add up to what their lines say. ${hits + misses} statements ran, ${hits} of them planned before.`,
);
await db.close();
