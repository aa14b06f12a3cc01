/** For authors of SQL adapters: how values are written and read where a database has them as text, number or bytes. */
export { binaryDecoder, binaryEncoder } from "./codec/binary-codec.ts";
export {
  addDecimals,
  averageDecimal,
  canonicalDecimal,
  compareDecimals,
  decimalSortKey,
  digitCounts,
  padDecimal,
  subtractDecimals,
} from "./codec/decimal.ts";
export { decimalDecoder, decimalEncoder, storedDecimal } from "./codec/decimal-codec.ts";
export { encryptedDecoder, encryptedEncoder } from "./codec/encrypted-codec.ts";
export {
  dateDecoder,
  dateEncoder,
  instantDecoder,
  instantEncoder,
  timeDecoder,
  timeEncoder,
} from "./codec/instant-codec.ts";
export {
  autoInteger,
  bigIntegerDecoder,
  bigIntegerEncoder,
  isSafe,
  smallIntegerDecoder,
  smallIntegerEncoder,
} from "./codec/integer-codec.ts";
export { invalidValue, unreadable } from "./codec/invalid-value.ts";
export { jsonDecoder, jsonEncoder, jsonText, parseJson } from "./codec/json-codec.ts";
export { arrayDecoder, arrayEncoder, setEncoder, type EntryForm } from "./codec/list-codec.ts";
export { booleanDecoder, booleanEncoder, floatDecoder, floatEncoder } from "./codec/number-codec.ts";
export { cleanText, enumEncoder, shapedEncoder, textEncoder, textShapes } from "./codec/text-codec.ts";
