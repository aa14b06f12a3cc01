import { expect, it } from "vitest";
import { loadDriver } from "./load-driver.ts";
import { settingsOf } from "./options.ts";
import { readDatesQuickly } from "./quick-dates.ts";
import { isRows, asAnswer, openRaw, type RawConnection } from "./raw-connection.ts";
import { onServers } from "./servers.fixture.ts";

const dates = ["2024-02-29", "1000-01-01", "9999-12-31"];
const times = ["", " 00:00:01", " 23:59:59.5", " 13:05:09.000250", " 01:02:03.999999"];

/** Each date and instant by the driver's own way and by ours. */
function select(raw: RawConnection, prepare: (command: unknown) => void): Promise<readonly unknown[]> {
  const instants = dates.flatMap((date) => times.map((time) => `${date}${time}`));
  const columns = [
    ...dates.map((date) => `cast('${date}' as date)`),
    ...[0, 1, 3, 6].flatMap((digits) => instants.map((instant) => `cast('${instant}' as datetime(${digits}))`)),
    "cast(null as datetime)",
    "17",
  ];
  return new Promise((resolve, reject) => {
    const command = raw.execute({ sql: `select ${columns.join(", ")}`, rowsAsArray: true }, (cause, result) => {
      const answer = asAnswer(result);
      if (cause === null && isRows(answer)) resolve(answer[0] ?? []);
      else reject(cause ?? new Error("A select gives rows."));
    });
    prepare(command);
  });
}

onServers((server) => {
  it("reads dates as the driver does, by the way into its statements that this needs", async () => {
    const raw = await openRaw(loadDriver(), settingsOf({ uri: server.url }), new AbortController().signal);
    const own = await select(raw, () => undefined);
    const ours = await select(raw, (command) => {
      const before: unknown = Reflect.get(Object(command), "buildParserFromFields");
      expect(before).toBeTypeOf("function");
      readDatesQuickly(command);
      expect(Reflect.get(Object(command), "buildParserFromFields")).not.toBe(before);
    });
    expect(ours).toEqual(own);
    expect(ours.slice(0, 5)).toEqual([...dates, "2024-02-29 00:00:00", "2024-02-29 00:00:01"]);
    raw.destroy();
  });
});
