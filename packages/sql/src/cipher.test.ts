import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCipher } from "./cipher.ts";

const place = { model: "users", column: "pin" };
const key = { id: "k1", secret: "a secret of many bytes" };
const symmetric = createCipher({ scheme: "symmetric", keys: [key] }, place);
const pem = { type: "spki", format: "pem" } as const;
const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: pem,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const asymmetric = createCipher({ scheme: "asymmetric", publicKey, privateKey }, place);

describe.each([
  ["symmetric", symmetric],
  ["asymmetric", asymmetric],
])("%s", (_, cipher) => {
  it("reads what it wrote, the empty text too", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => cipher.decrypt(cipher.encrypt(text)) === text),
      { numRuns: 50 },
    );
    expect(cipher.encrypt("")).not.toBe("");
  });

  it("never writes one text twice in the same way", () => {
    expect(new Set(Array.from({ length: 50 }, () => cipher.encrypt("same"))).size).toBe(50);
  });

  it("notices a change of any character", () => {
    const envelope = cipher.encrypt("secret");
    for (let index = 0; index < envelope.length; index += 1) {
      const other = envelope[index] === "A" ? "B" : "A";
      const changed = envelope.slice(0, index) + other + envelope.slice(index + 1);
      expect(() => cipher.decrypt(changed), `character ${index}`).toThrow(/^A value of users\.pin /);
    }
    for (const cut of [0, 1, 10, envelope.length - 1])
      expect(() => cipher.decrypt(envelope.slice(0, cut))).toThrow("users.pin");
    expect(() => cipher.decrypt(`${envelope}.AAAA`)).toThrow("users.pin");
  });
});

it("keeps the envelope's form", () => {
  const [version, id, nonce, tag] = symmetric.encrypt("x").split(".");
  expect(version).toBe("v1");
  expect(Buffer.from(id ?? "", "base64url").toString()).toBe("k1");
  expect(Buffer.from(nonce ?? "", "base64url")).toHaveLength(12);
  expect(Buffer.from(tag ?? "", "base64url")).toHaveLength(16);
});

it("writes with the first key and reads with all of them", () => {
  const newer = { id: "k2", secret: Buffer.alloc(32, 7) };
  const rotated = createCipher({ scheme: "symmetric", keys: [newer, key] }, place);
  expect(rotated.decrypt(symmetric.encrypt("old"))).toBe("old");
  expect(() => symmetric.decrypt(rotated.encrypt("new"))).toThrow("with a key that is not among the column's keys");
});

it("reads no value that was moved to another column, table or key id", () => {
  const envelope = symmetric.encrypt("mine");
  for (const other of [
    { ...place, column: "password" },
    { ...place, model: "admins" },
  ]) {
    const cipher = createCipher({ scheme: "symmetric", keys: [key] }, other);
    expect(() => cipher.decrypt(envelope)).toThrow("belongs to another column");
  }
  const renamed = createCipher({ scheme: "symmetric", keys: [{ ...key, id: "k9" }] }, place);
  expect(() =>
    renamed.decrypt(envelope.replace(/^v1\.[^.]+/, `v1.${Buffer.from("k9").toString("base64url")}`)),
  ).toThrow("was changed");
});

it("encrypts without the private key but does not read", () => {
  const writer = createCipher({ scheme: "asymmetric", publicKey, privateKey: undefined }, place);
  expect(asymmetric.decrypt(writer.encrypt("x"))).toBe("x");
  expect(() => writer.decrypt(asymmetric.encrypt("x"))).toThrow(
    "can be read only where the column's private key is given",
  );
});

it("refuses keys that are none, without showing them", () => {
  const short = () => createCipher({ scheme: "symmetric", keys: [{ id: "k", secret: "short" }] }, place);
  expect(short).toThrow(/^users\.pin has an encryption key "k" of less than 16 bytes\.$/);
  expect(() => createCipher({ scheme: "symmetric", keys: [] }, place)).toThrow("users.pin has no encryption key.");
  const broken = () => createCipher({ scheme: "asymmetric", publicKey: "hunter2", privateKey: undefined }, place);
  expect(broken).toThrow(/^users\.pin has a public key that cannot be read/);
});

it("names plain secrets by themselves, so that a list of them rotates", () => {
  const place = { model: "users", column: "token" };
  const cipher = (...secrets: readonly string[]) =>
    createCipher({ scheme: "symmetric", keys: secrets.map((secret) => ({ id: undefined, secret })) }, place);
  const old = cipher("the first secret of many bytes");
  const rotated = cipher("the second secret of many bytes", "the first secret of many bytes");
  expect(rotated.decrypt(old.encrypt("kept"))).toBe("kept");
  expect(() => old.decrypt(rotated.encrypt("new"))).toThrow("not among the column's keys");
});
