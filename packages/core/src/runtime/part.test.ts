import { describe, expect, test } from "vitest";
import { partOf } from "./part.ts";

describe("a part", () => {
  test("is loaded by its first use, once, and is there at once from then on", async () => {
    let loads = 0;
    const use = partOf(async () => {
      loads += 1;
      return { double: (value: unknown) => Number(value) * 2 };
    });
    expect(loads).toBe(0);
    const run = (value: number) => use([value], (part, given) => part.double(given));
    expect(await run(1)).toBe(2);
    expect(run(3)).toBe(6);
    expect(loads).toBe(1);
  });

  test("takes what was given as it was, whatever becomes of it while the part is loaded", async () => {
    const use = partOf(() => Promise.resolve({}));
    const moment = new Date(0);
    const row: Record<string, unknown> = { name: "Ada", tags: ["a"], moment };
    row["self"] = row;
    const taken = use([row], (_, given) => given);
    row["name"] = "Grace";
    row["tags"] = [];
    const copy = await taken;
    expect(copy).toMatchObject({ name: "Ada", tags: ["a"] });
    expect(Reflect.get(Object(copy), "self")).toBe(copy);
    expect(Reflect.get(Object(copy), "moment")).toBe(moment);
  });

  test("that does not load is asked for again by the next use", async () => {
    let loads = 0;
    const use = partOf(async () => {
      loads += 1;
      if (loads === 1) throw new Error("It is gone.");
      return "there";
    });
    await expect(use([], (part) => part)).rejects.toThrow("It is gone.");
    expect(await use([], (part) => part)).toBe("there");
  });

  test("throws into the promise on its first use", async () => {
    const use = partOf(() => Promise.resolve({}));
    const refuse = () => {
      throw new Error("No.");
    };
    await expect(use([], refuse)).rejects.toThrow("No.");
  });
});
