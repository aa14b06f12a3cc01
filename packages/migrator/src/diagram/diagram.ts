import { schemaOf } from "@mortise/core";
import { MigrationError, toolsOf } from "@mortise/core/adapter";
import { drawingOf } from "./entity.ts";
import { mermaidText } from "./mermaid.ts";
import { svgText } from "./svg.ts";

export interface DiagramOptions {
  /** Mermaid's `erDiagram` as text (the default), or a picture. */
  readonly format?: "mermaid" | "svg";
}

/**
 * Draws the tables of a schema and the keys between them.
 *
 * `await diagram(db)` gives the text of a Mermaid `erDiagram`, `await diagram(schema, { format: "svg" })` an SVG document.
 *
 * Takes a schema or a database handle, whose schema it draws; no database is asked. Relations of the kind `belongsTo` are drawn
 * without a foreign key, too. For a database without models see `pull`.
 */
export async function diagram(source: object, { format = "mermaid" }: DiagramOptions = {}): Promise<string> {
  const drawing = drawingOf(registryOf(source));
  if (format === "mermaid") return mermaidText(drawing);
  if (format === "svg") return svgText(drawing);
  throw new MigrationError('The format of a diagram is "mermaid" or "svg".');
}

function registryOf(source: object): ReturnType<typeof schemaOf> {
  return isHandle(source) ? toolsOf(source).registry : schemaOf(source);
}

function isHandle(source: object): boolean {
  return "from" in source && typeof source.from === "function" && "close" in source;
}
