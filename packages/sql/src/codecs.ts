/** For authors of SQL adapters: how values are written and read where a database has them as text, number or bytes. */
export * from "@mortise/core/codecs";
export { binaryDecoder, binaryEncoder } from "./codec/binary-codec.ts";
export { encryptedDecoder, encryptedEncoder } from "./codec/encrypted-codec.ts";
export { arrayDecoder, arrayEncoder, setEncoder, type EntryForm } from "./codec/list-codec.ts";
export { booleanDecoder, booleanEncoder, floatDecoder, floatEncoder } from "./codec/number-codec.ts";
