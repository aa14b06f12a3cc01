import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldCase, textMatcher } from "./glob-pattern.ts";
import { openTestDatabase } from "./test-database.fixture.ts";

const database = openTestDatabase();
const globs = database.prepare<[string, string], number>("select ? glob ?").pluck();

/** What `like` means: `%` any text, `_` one character, a backslash takes the meaning away. */
function isLike(text: string, pattern: string): boolean {
  const source = pattern.replace(/\\([\s\S])|([\s\S])/gu, (_, escaped: string | undefined, plain: string) => {
    if (escaped !== undefined) return literal(escaped);
    if (plain === "%") return "[\\s\\S]*";
    return plain === "_" ? "[\\s\\S]" : literal(plain);
  });
  return new RegExp(`^${source}$`, "u").test(text);
}

function literal(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

const characters = fc.constantFrom("a", "A", "b", "%", "_", "*", "?", "[", "]", "^", "-", "é", "😀", "\n", "'");
const texts = fc.array(characters, { maxLength: 6 }).map((list) => list.join(""));
const patterns = fc
  .array(fc.oneof(characters, fc.constantFrom("\\%", "\\_", "\\\\", "\\[")), { maxLength: 6 })
  .map((list) => list.join(""));

describe("patterns", () => {
  it("mean in glob what they mean in like", () => {
    const encode = textMatcher("pattern", true);
    fc.assert(
      fc.property(texts, patterns, (text, pattern) => {
        expect(globs.get(text, encode(pattern))).toBe(Number(isLike(text, pattern)));
      }),
      { numRuns: 3000 },
    );
  });

  it("take the beginning and the end of a text literally", () => {
    const [start, end] = [textMatcher("startsWith", true), textMatcher("endsWith", true)];
    fc.assert(
      fc.property(texts, texts, (text, part) => {
        expect(globs.get(text, start(part))).toBe(Number(text.startsWith(part)));
        expect(globs.get(text, end(part))).toBe(Number(text.endsWith(part)));
      }),
      { numRuns: 1000 },
    );
  });

  it("know one case only when they are told to", () => {
    expect(textMatcher("pattern", false)("ÄB%")).toBe("äb*");
    expect(foldCase("ΟΔΟΣ")).toBe(foldCase("οδος"));
  });

  it("are refused when they end in the middle or are too long", () => {
    expect(() => textMatcher("pattern", true)("a\\")).toThrow("must not end with its escape character");
    expect(() => textMatcher("startsWith", true)("a".repeat(50_001))).toThrow("at most 50000 bytes");
    expect(() => textMatcher("contains", true)({})).toThrow("must be a string");
  });
});
