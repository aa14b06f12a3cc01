/** A piece of TypeScript: a word that is printed as it stands, or a bracket around pieces that may take a line each. */
export type Code =
  | string
  | {
      /** What stands before the bracket. */
      readonly head: string;
      readonly open: "(" | "[" | "{";
      readonly items: readonly Code[];
      /** Takes a line for each item however short it is. */
      readonly tall?: boolean;
    };

const closing = { "(": ")", "[": "]", "{": "}" } as const;
const width = 120;

/** A text, number or the like as a literal. Whatever a database holds stays a value: nothing in it can end the literal. */
export function literal(value: string | number | bigint | boolean): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "string") return String(value);
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

export function list(items: readonly Code[]): Code {
  return { head: "", open: "[", items };
}

/** `{ name: "a" }`; entries that are `undefined` are left out. */
export function record(entries: Readonly<Record<string, Code | undefined>>, tall: boolean = false): Code {
  const items = Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [entry(propertyKey(key), value)],
  );
  return { head: "", open: "{", items, tall };
}

export function call(name: string, ...items: readonly Code[]): Code {
  return { head: name, open: "(", items };
}

/** `key: value`, or anything else that stands before a piece. */
export function entry(key: string, value: Code): Code {
  return typeof value === "string" ? `${key}: ${value}` : { ...value, head: `${key}: ${value.head}` };
}

/** A key of an object: an identifier, or any text as a literal. */
export function propertyKey(key: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : literal(key);
}

/** The text of a piece. Brackets that do not fit into a line take a line for each item. */
export function print(code: Code, indent: string = "", taken: number = indent.length): string {
  const flat = inLine(code);
  if (flat !== undefined && taken + flat.length <= width) return flat;
  if (typeof code === "string") return code;
  const { head, open, items } = code;
  const start = `${head}${open}`;
  const last = items.at(-1);
  const before = items.slice(0, -1).map(inLine);
  if (open === "(" && isHugged(last) && before.every((text) => text !== undefined)) {
    const leading = before.map((text) => `${text}, `).join("");
    if (leading === "" || taken + start.length + leading.length < width)
      return `${start}${leading}${print(last, indent, width)}${closing[open]}`;
  }
  const inner = `${indent}  `;
  const lines = items.map((item) => `${inner}${print(item, inner, inner.length + 1)},\n`);
  return `${start}\n${lines.join("")}${indent}${closing[open]}`;
}

/** The last argument opens on the line of the call when it is a list, a record or a function. */
function isHugged(code: Code | undefined): code is Exclude<Code, string> {
  return typeof code === "object" && (code.head === "" || code.head.endsWith("=> "));
}

/** The piece in one line, unless something in it asks for more. */
function inLine(code: Code): string | undefined {
  if (typeof code === "string") return code;
  if (code.tall === true && code.items.length > 0) return undefined;
  const items = code.items.map(inLine);
  if (items.some((item) => item === undefined)) return undefined;
  const space = code.open === "{" && items.length > 0 ? " " : "";
  return `${code.head}${code.open}${space}${items.join(", ")}${space}${closing[code.open]}`;
}
