import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { zoneDigest } from "../../testkit/src/values/zone-digest.ts";
import { postgres } from "./index.ts";

const [, , connectionString = ""] = process.argv;
const admin = new Client({ connectionString });
await admin.connect();
const opened: string[] = [];
const open = async () => {
  const name = `mortise_${randomUUID().replaceAll("-", "")}`;
  opened.push(name);
  await admin.query(`create schema ${name}`);
  return postgres({ connectionString, searchPath: [name] });
};
try {
  console.log(await zoneDigest({ open }));
} finally {
  for (const name of opened) await admin.query(`drop schema ${name} cascade`);
  await admin.end();
}
