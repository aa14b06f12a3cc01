import { MortiseError } from "../errors/mortise-error.ts";
import type { RawTexts } from "../adapter/adapter.ts";
import type { QueryState } from "../query/query-state.ts";

/** A place in an ordered result: the undecoded order values of one row. */
export interface Cursor {
  readonly values: readonly unknown[];
}

type Tagged = null | string | number | boolean | readonly ["n" | "b" | "x", string];

/** An opaque text for a place. It is bound to the query's shape, so that another query refuses it. */
export function encodeCursor(shape: string, values: readonly unknown[], texts?: RawTexts): string {
  const payload = JSON.stringify(values.map((value) => tag(value, texts)));
  return base64(`${checksum(shape + payload)}${payload}`);
}

/** The place behind a token, or the error that it belongs to another query or was changed. */
export function decodeCursor(state: QueryState, shape: string, token: unknown, texts?: RawTexts): Cursor {
  const text = typeof token === "string" ? unbase64(token) : undefined;
  const payload = text?.slice(14) ?? "";
  if (text === undefined || text.slice(0, 14) !== checksum(shape + payload)) {
    throw new MortiseError(
      `This cursor does not belong to this query on model "${state.entry.info.table}". ` +
        "A cursor fits only the filters and the order it was made with. Start again without one.",
      { code: "CURSOR", model: state.entry.info.table },
    );
  }
  const parsed: unknown = JSON.parse(payload);
  return { values: Array.isArray(parsed) ? parsed.map((value) => untag(value, texts)) : [] };
}

function tag(value: unknown, texts: RawTexts | undefined): Tagged {
  if (texts !== undefined && typeof value === "object" && value !== null) return ["x", texts.write(value)];
  if (typeof value === "bigint") return ["n", String(value)];
  if (value instanceof Uint8Array) return ["b", btoa(latin1(value))];
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value instanceof Date ? value.toISOString() : null;
}

function untag(value: unknown, texts: RawTexts | undefined): unknown {
  if (!Array.isArray(value)) return value;
  const text = String(value[1]);
  if (value[0] === "x") return texts?.read(text);
  return value[0] === "n" ? BigInt(text) : bytesOf(atob(text));
}

/** 53 bits of a text, as 14 hexadecimal digits. */
function checksum(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, "0");
}

/** One character for each byte. A call takes so many arguments and no more, so that long values go in parts. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

function base64(text: string): string {
  return btoa(latin1(new TextEncoder().encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function unbase64(token: string): string | undefined {
  try {
    const binary = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
    return new TextDecoder().decode(bytesOf(binary));
  } catch {
    return undefined;
  }
}
