import { createHash } from "node:crypto";
import { col, createDatabase, createSchema, defineModel } from "@mortise/core";
import { push } from "@mortise/migrator";
import { exactText } from "./exact-text.ts";
import type { Target } from "./target.ts";
import { timeValues } from "./time-values.ts";

/** A fingerprint of everything times become on their way through a database; the process's time zone must not be in it. */
export async function zoneDigest(target: Pick<Target, "open">): Promise<string> {
  const parts: string[] = [];
  for (const { column, values } of timeValues) {
    const Moment = defineModel("moments", { columns: { id: col.increment(), value: column } });
    const schema = createSchema({ moments: Moment });
    const adapter = await target.open();
    const db = createDatabase(schema, adapter);
    await push(db);
    const query = db.from(schema.moments);
    await query.insertMany(values.map(({ given }) => ({ value: given })));
    if (adapter.capabilities.raw) parts.push(exactText(await db.raw("select * from moments order by id")));
    parts.push(exactText(await query.plain()));
    parts.push(exactText(await query.orderBy("value", "desc").pluck("id")), exactText(await query.max("value")));
    for (const { given } of values) parts.push(exactText(await query.where("value", ">=", given).pluck("id")));
    if (column.type.kind !== "time") {
      for (const { read } of values) parts.push(exactText(await query.whereDate("value", dayOf(read)).pluck("id")));
      parts.push(exactText(await query.whereMonth("value", 3).whereDay("value", ">", 9).pluck("id")));
    }
    await db.close();
  }
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}

function dayOf(value: unknown): Date | string {
  return value instanceof Date ? value : String(value).slice(0, 10);
}
