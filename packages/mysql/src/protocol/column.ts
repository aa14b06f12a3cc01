/** A result column, or a parameter, as the server describes it. */
export interface Column {
  readonly name: string;
  /** The protocol's number of its type. */
  readonly columnType: number;
  /** Digits behind the point. */
  readonly decimals: number;
  readonly isUnsigned: boolean;
  /** Bytes, not text. */
  readonly isBinary: boolean;
}

const unsignedFlag = 32;
/** The character set of what is no text. */
const binarySet = 63;
/** The name stands behind catalogue, schema, table and the table's own name. */
const namesBefore = 4;
/** Character set, length, type, flags, decimals and two bytes that stand for nothing; MariaDB puts more between these and the names. */
const tail = 12;

/** A column by its definition in the protocol. */
export function columnOf(definition: Buffer): Column {
  let name = nameAt(definition, 0);
  for (let before = 0; before < namesBefore; before += 1) name = nameAt(definition, name.end);
  const rest = definition.length - tail;
  return {
    name: definition.toString("utf8", name.start, name.end),
    isBinary: definition.readUInt16LE(rest) === binarySet,
    columnType: definition[rest + 6]!,
    isUnsigned: (definition.readUInt16LE(rest + 7) & unsignedFlag) !== 0,
    decimals: definition[rest + 9]!,
  };
}

/** A name behind its length, which stands in one byte, or in two behind a mark. */
function nameAt(definition: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = definition[at]!;
  if (first < 251) return { start: at + 1, end: at + 1 + first };
  return { start: at + 3, end: at + 3 + definition.readUInt16LE(at + 1) };
}
