import { sqlite } from "./index.ts";

/** Adds one to a number again and again, reading it first, as several processes do at once. */
const [filename = "", times = "0"] = process.argv.slice(2);
const adapter = sqlite({ filename });
const source = await adapter.connect();
const compiled = (text: string) =>
  adapter.compile({
    statement: { kind: "rawStatement", texts: [text], operands: [] },
    results: [],
    model: undefined,
    access: "write",
  });
const [read, write] = [compiled("select n from t"), compiled("update t set n = n + 1 where n >= 0")];

for (let done = 0; done < Number(times); done += 1) {
  const connection = await source.acquire();
  await connection.begin({});
  await connection.execute(read, []);
  await connection.execute(write, []);
  await connection.commit();
  source.release(connection);
}
await source.close();
