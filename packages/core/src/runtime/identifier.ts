/** Identifiers made in the application, from the platform's cryptographic random numbers. */
export function generateIdentifier(kind: "uuid" | "ulid" | "objectId"): string {
  switch (kind) {
    case "uuid":
      return crypto.randomUUID();
    case "ulid":
      return ulid(Date.now());
    case "objectId":
      return hex(Math.floor(Date.now() / 1000), 8) + randomHex(8);
  }
}

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 48 bits of time and 80 random bits in Crockford's base 32 (https://github.com/ulid/spec). */
function ulid(time: number): string {
  let rest = time;
  let text = "";
  for (let at = 0; at < 10; at += 1) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) text += alphabet.charAt(byte % 32);
  return text;
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, "0");
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => hex(byte, 2)).join("");
}
