import type { KeyObject } from "node:crypto";
import {
  DecryptionError,
  ModelDefinitionError,
  assertNever,
  type CipherOptions,
  type EncryptionKey,
} from "@mortise/core/adapter";

/** Encrypts and decrypts the text of one column. */
export interface Cipher {
  encrypt(plain: string): string;
  decrypt(envelope: string): string;
}

/** The column a cipher belongs to. Its names are bound into every value, so that none can be moved to another column. */
export interface CipherPlace {
  readonly model: string;
  readonly column: string;
}

/** Node is asked when the first column is encrypted: loading it takes longer than the rest of an adapter. */
const crypto = () => process.getBuiltinModule("node:crypto");

/**
 * The cipher of a column: AES-256-GCM with a random 96-bit nonce and a 128-bit tag.
 *
 * A value is stored as `v1.<key id>.<nonce>.<tag>.<text>`, and with an asymmetric key as `v1a.<wrapped key>.<nonce>.<tag>.<text>`
 * where a fresh AES key is wrapped by RSA-OAEP with SHA-256; each part is base64url. Two writes of one text never look alike.
 */
export function createCipher(options: CipherOptions, place: CipherPlace): Cipher {
  switch (options.scheme) {
    case "symmetric":
      return symmetricCipher(options.keys, place);
    case "asymmetric":
      return asymmetricCipher(options.publicKey, options.privateKey, place);
    default:
      return assertNever(options);
  }
}

function symmetricCipher(keys: readonly EncryptionKey[], place: CipherPlace): Cipher {
  const [first] = keys;
  if (first === undefined) throw definitionError(place, "has no encryption key");
  const derived = new Map(keys.map((key) => [keyId(key), deriveKey(key, place)]));
  const firstId = keyId(first);
  const firstKey = derived.get(firstId) ?? deriveKey(first, place);
  return {
    encrypt: (plain) => ["v1", firstId, ...seal(plain, firstKey, associated(place, firstId))].join("."),
    decrypt: (envelope) => {
      const [version, id, ...sealed] = envelope.split(".");
      if (version !== "v1" || id === undefined) throw refused(place, "is not an encrypted value");
      const key = derived.get(id);
      if (key === undefined) throw refused(place, "was encrypted with a key that is not among the column's keys");
      return open(sealed, key, associated(place, id), place);
    },
  };
}

/** What the envelope names a key by. */
function keyId({ id, secret }: EncryptionKey): string {
  if (id !== undefined) return base64(Buffer.from(id));
  return crypto().createHash("sha256").update("mortise key id").update(secret).digest("base64url").slice(0, 11);
}

function asymmetricCipher(publicKey: string, privateKey: string | undefined, place: CipherPlace): Cipher {
  const lock = readKey(() => crypto().createPublicKey(publicKey), place, "public");
  const unlock =
    privateKey === undefined ? undefined : readKey(() => crypto().createPrivateKey(privateKey), place, "private");
  return {
    encrypt: (plain) => {
      const key = crypto().randomBytes(32);
      const wrapped = base64(crypto().publicEncrypt(oaep(lock), key));
      return ["v1a", wrapped, ...seal(plain, key, associated(place, wrapped))].join(".");
    },
    decrypt: (envelope) => {
      const [version, wrapped, ...sealed] = envelope.split(".");
      if (version !== "v1a" || wrapped === undefined) throw refused(place, "is not an encrypted value");
      if (unlock === undefined) throw refused(place, "can be read only where the column's private key is given");
      return open(sealed, unwrap(wrapped, unlock, place), associated(place, wrapped), place);
    },
  };
}

function oaep(key: KeyObject) {
  return { key, padding: crypto().constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha256" };
}

function unwrap(wrapped: string, key: KeyObject, place: CipherPlace): Buffer {
  try {
    return crypto().privateDecrypt(oaep(key), Buffer.from(wrapped, "base64url"));
  } catch (cause) {
    throw refused(place, "was encrypted for another key, or was changed", cause);
  }
}

function seal(plain: string, key: Buffer, data: Buffer): readonly string[] {
  const nonce = crypto().randomBytes(12);
  const cipher = crypto().createCipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  cipher.setAAD(data);
  const text = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return [nonce, cipher.getAuthTag(), text].map(base64);
}

function open(parts: readonly string[], key: Buffer, data: Buffer, place: CipherPlace): string {
  const [nonce, tag, text] = parts.map(bytesOf);
  if (parts.length !== 3 || nonce?.length !== 12 || tag?.length !== 16 || text === undefined) {
    throw refused(place, "is not an encrypted value");
  }
  try {
    const decipher = crypto().createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
    decipher.setAAD(data);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw refused(place, "was changed, belongs to another column, or needs another key", cause);
  }
}

/** Any secret of sufficient length becomes a key of 256 bits; passwords that people choose are no keys. */
function deriveKey(key: EncryptionKey, place: CipherPlace): Buffer {
  const secret = typeof key.secret === "string" ? Buffer.from(key.secret, "utf8") : Buffer.from(key.secret);
  if (secret.length < 16) throw definitionError(place, `has an encryption key "${key.id}" of less than 16 bytes`);
  return Buffer.from(crypto().hkdfSync("sha256", secret, "mortise.v1", "column encryption", 32));
}

/** Names cannot contain NUL, so that no two lists of names give the same bytes. */
function associated(place: CipherPlace, key: string): Buffer {
  return Buffer.from([place.model, place.column, key].join("\0"), "utf8");
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

/** Only the one spelling that `base64` writes is read, so that not even unused bits can be changed. */
function bytesOf(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return base64(bytes) === text ? bytes : undefined;
}

function readKey(read: () => KeyObject, place: CipherPlace, which: string): KeyObject {
  try {
    return read();
  } catch {
    throw definitionError(place, `has a ${which} key that cannot be read; give an RSA key in PEM form`);
  }
}

function definitionError(place: CipherPlace, what: string): ModelDefinitionError {
  return new ModelDefinitionError(`${place.model}.${place.column} ${what}.`, place);
}

function refused(place: CipherPlace, what: string, cause?: unknown): DecryptionError {
  return new DecryptionError(`A value of ${place.model}.${place.column} ${what}.`, { ...place, cause });
}
