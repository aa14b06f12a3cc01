import type { CipherOptions, ValuePlace } from "@mortise/core/adapter";
import type { Encode } from "../bind.ts";
import { createCipher, type Cipher } from "../cipher.ts";
import { cleanText, unreadable } from "@mortise/core/codecs";

/** Deriving keys takes longer than a query, and every plan asks for its codecs again. */
const ciphers = new WeakMap<CipherOptions, Map<string, Cipher>>();

function cipherOf(options: CipherOptions, place: ValuePlace): Cipher {
  const columns = ciphers.get(options) ?? new Map<string, Cipher>();
  ciphers.set(options, columns);
  const name = `${place.model}\0${place.column}`;
  const cipher = columns.get(name) ?? createCipher(options, place);
  columns.set(name, cipher);
  return cipher;
}

export function encryptedEncoder(options: CipherOptions, place: ValuePlace): Encode {
  return (value: unknown): string => cipherOf(options, place).encrypt(cleanText(value, place));
}

export function encryptedDecoder(options: CipherOptions, place: ValuePlace): Encode {
  return (raw: unknown): string | null => {
    if (raw === null) return null;
    if (typeof raw !== "string") throw unreadable(place, "an encrypted text");
    return cipherOf(options, place).decrypt(raw);
  };
}
