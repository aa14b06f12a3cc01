/** A message to the server; the driver has its header written, of four bytes, when it sends it. */
export class Message {
  /** The message behind four bytes for its header. */
  readonly buffer: Buffer;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  length(): number {
    return this.buffer.length;
  }

  writeHeader(sequence: number): void {
    const length = this.buffer.length - 4;
    this.buffer[0] = length & 0xff;
    this.buffer[1] = (length >> 8) & 0xff;
    this.buffer[2] = length >> 16;
    this.buffer[3] = sequence;
  }
}

const query = 0x03;
const prepare = 0x16;
const close = 0x19;

/** Runs a statement as text (COM_QUERY). */
export function queryMessage(sql: string): Message {
  return textMessage(query, sql);
}

/** Has a statement prepared (COM_STMT_PREPARE). */
export function prepareMessage(sql: string): Message {
  return textMessage(prepare, sql);
}

function textMessage(command: number, sql: string): Message {
  const buffer = Buffer.allocUnsafe(5 + Buffer.byteLength(sql));
  buffer[4] = command;
  buffer.write(sql, 5);
  return new Message(buffer);
}

/** Has a prepared statement forgotten (COM_STMT_CLOSE), which the server does not answer. */
export function closeMessage(statement: number): Message {
  const buffer = Buffer.allocUnsafe(9);
  buffer[4] = close;
  buffer.writeUInt32LE(statement, 5);
  return new Message(buffer);
}
