import { describe, expect, it } from "vitest";
import { applyConvention, toCamel, toPascal, toSnake } from "./naming.ts";

describe("naming", () => {
  it.each([
    ["userId", "user_id"],
    ["userID", "user_id"],
    ["address2Line", "address2_line"],
    ["HTTPServer", "http_server"],
    ["id", "id"],
    ["straßeÜber", "straße_über"],
  ])("turns %s into %s", (property, database) => {
    expect(toSnake(property)).toBe(database);
  });

  it.each(["userId", "address2Line", "createdAt", "a1b2"])("finds %s again from its database name", (property) => {
    expect(toCamel(toSnake(property))).toBe(property);
  });

  it("keeps a leading underscore and makes pascal case", () => {
    expect(toCamel("_private_key")).toBe("_privateKey");
    expect(toPascal("track_id")).toBe("TrackId");
    expect(toPascal("trackId")).toBe("TrackId");
  });

  it("applies a function and leaves names alone where asked", () => {
    expect(applyConvention("trackId", (name) => name.toUpperCase())).toBe("TRACKID");
    expect(applyConvention("trackId", "preserve")).toBe("trackId");
    expect(applyConvention("track_id", "camel")).toBe("trackId");
    expect(applyConvention("trackId", "pascal")).toBe("TrackId");
  });
});
