/** For authors of adapters: how values are checked, written and read where a database has them as text or number. */
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
export { cleanText, enumEncoder, shapedEncoder, textEncoder, textShapes, type TextShape } from "./codec/text-codec.ts";
export { sumType } from "./codec/sum-type.ts";
