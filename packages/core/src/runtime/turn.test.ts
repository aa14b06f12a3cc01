import { expect, it } from "vitest";
import { turn } from "./turn.ts";

/** A queue in which somebody waits. */
function queue() {
  const givenBack: string[] = [];
  let lend: (connection: string) => void = () => undefined;
  const waiting = new Promise<string>((resolve) => {
    lend = resolve;
  });
  return { waiting, lend: () => lend("connection"), givenBack, giveBack: (late: string) => givenBack.push(late) };
}

it("gives the connection that comes in time", async () => {
  const { waiting, lend, givenBack, giveBack } = queue();
  const turned = turn(waiting, { signal: new AbortController().signal, timeout: 5000 }, giveBack);
  lend();
  expect(await turned).toBe("connection");
  expect(turn("at once", { signal: AbortSignal.abort(), timeout: 1 }, giveBack)).toBe("at once");
  expect(givenBack).toEqual([]);
});

it("ends the wait at the abort, and gives back what comes later", async () => {
  const { waiting, lend, givenBack, giveBack } = queue();
  const controller = new AbortController();
  const turned = Promise.resolve(turn(waiting, { signal: controller.signal, timeout: undefined }, giveBack));
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(turned).rejects.toMatchObject({ code: "QUERY_CANCELLED", cause: reason });
  lend();
  await waiting;
  expect(givenBack).toEqual(["connection"]);
});

it("ends the wait when it was aborted before, and when its time is up", async () => {
  const { waiting, giveBack } = queue();
  const aborted = { signal: AbortSignal.abort(), timeout: undefined };
  await expect(turn(waiting, aborted, giveBack)).rejects.toMatchObject({ code: "QUERY_CANCELLED" });
  await expect(turn(waiting, { signal: undefined, timeout: 5 }, giveBack)).rejects.toMatchObject({
    code: "QUERY_TIMEOUT",
    message: "No connection became free within the time-out of 5 ms.",
  });
});
