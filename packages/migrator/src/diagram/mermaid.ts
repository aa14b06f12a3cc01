import type { Drawing, Link } from "./entity.ts";

/** The text of a Mermaid `erDiagram`. */
export function mermaidText({ entities, links }: Drawing): string {
  const blocks = entities.map(({ name, attributes }) => {
    const lines = attributes.map(({ name: column, type, marks }) =>
      `    ${word(type, "unknown")} ${word(column, "column")} ${marks.join(", ")}`.trimEnd(),
    );
    return `  ${quoted(name)} {\n${lines.map((line) => `${line}\n`).join("")}  }`;
  });
  const lines = links.map(
    (link) => `  ${quoted(link.to)} ${connector(link)} ${quoted(link.from)} : ${quoted(link.label)}`,
  );
  return `${["erDiagram", ...blocks, ...lines].join("\n")}\n`;
}

function connector({ unique, optional }: Link): string {
  return `${optional ? "|o" : "||"}--${unique ? "o|" : "o{"}`;
}

/** Mermaid has no way to say a quote, a backslash, a percent sign or a line's end inside of quotes. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\%\s\p{C}]+/gu, " ").trim() || " "}"`;
}

/** Types and columns are words. */
function word(text: string, fallback: string): string {
  const kept = text.replaceAll(/[^\p{L}\p{N}_()[\]-]+/gu, "_");
  return /^\p{L}/u.test(kept) ? kept : kept === "" ? fallback : `${fallback}_${kept}`;
}
