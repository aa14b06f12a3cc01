import type { Drawing } from "./entity.ts";
import { layOut, sizes, type Box, type Line, type Point } from "./layout.ts";

const margin = 24;

const style = `
    text { font: 12px ui-monospace, "SF Mono", Menlo, "DejaVu Sans Mono", monospace; fill: #1e293b; }
    .name { font-weight: bold; fill: #ffffff; }
    .type { fill: #64748b; text-anchor: end; }
    .mark { font-size: 9px; fill: #b45309; }
    .box { fill: #ffffff; stroke: #94a3b8; }
    .head { fill: #334155; }
    .line { fill: none; stroke: #64748b; stroke-width: 1.3; }
    .end { fill: #ffffff; stroke: #64748b; stroke-width: 1.3; }`;

/** The diagram as an SVG document with nothing from elsewhere in it. */
export async function svgText(drawing: Drawing): Promise<string> {
  const { boxes, lines, width, height } = await layOut(drawing);
  const [w, h] = [Math.ceil(width + 2 * margin), Math.ceil(height + 2 * margin)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}">`,
    `  <style>${style}\n  </style>`,
    `  <rect width="${w}" height="${h}" fill="#f8fafc"/>`,
    `  <g transform="translate(${margin} ${margin})">`,
    ...lines.map(lineText),
    ...boxes.map(boxText),
    "  </g>",
    "</svg>",
    "",
  ].join("\n");
}

function boxText({ entity, x, y, width, height }: Box): string {
  const rows = entity.attributes.map(({ name, type, marks }, at) => {
    const base = sizes.header + 4 + at * sizes.row + 14;
    return [
      `      <text class="mark" x="${sizes.pad}" y="${base}">${marks.filter((mark) => mark !== "UK" || marks.length === 1).join(" ")}</text>`,
      `      <text x="${sizes.pad + 5 * sizes.letter}" y="${base}">${escaped(name)}</text>`,
      `      <text class="type" x="${width - sizes.pad}" y="${base}">${escaped(type)}</text>`,
    ].join("\n");
  });
  return [
    `    <g transform="translate(${round(x)} ${round(y)})">`,
    `      <rect class="box" width="${width}" height="${height}" rx="5"/>`,
    `      <path class="head" d="M0 ${sizes.header}V5a5 5 0 0 1 5-5H${width - 5}a5 5 0 0 1 5 5V${sizes.header}z"/>`,
    `      <text class="name" x="${sizes.pad}" y="18">${escaped(entity.name)}</text>`,
    ...rows,
    "    </g>",
  ].join("\n");
}

/** A line with a crow's foot where there are many, a bar where there is one, and a ring where there may be none. */
function lineText({ link, points }: Line): string {
  const [start, second] = points;
  const [end, before] = [points.at(-1), points.at(-2)];
  if (start === undefined || second === undefined || end === undefined || before === undefined) return "";
  return [
    `    <g><title>${escaped(`${link.from} (${link.label}) → ${link.to}`)}</title>`,
    `      <path class="line" d="${smooth(points)}"/>`,
    `      ${link.unique ? bar(start, second, 6) : foot(start, second)}`,
    `      ${bar(end, before, 6)}${link.optional ? ring(end, before) : bar(end, before, 10)}`,
    "    </g>",
  ].join("\n");
}

/** Through the middle of each stretch, bent around the points between. */
function smooth(points: readonly Point[]): string {
  const [first, ...others] = points;
  const last = others.at(-1);
  if (first === undefined || last === undefined) return "";
  const bends = others.slice(0, -1).map((point, at) => {
    const next = others[at + 1] ?? last;
    const middle = at === others.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${place(point)} ${place(middle)}`;
  });
  return `M${place(first)} ${bends.join(" ")}${bends.length === 0 ? `L${place(last)}` : ""}`;
}

/** Two directions of an end: along its line, and across. */
function axes(from: Point, to: Point): { readonly along: Point; readonly across: Point } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
  return { along, across: { x: -along.y, y: along.x } };
}

function at(from: Point, { along, across }: ReturnType<typeof axes>, forth: number, aside: number): string {
  return place({ x: from.x + along.x * forth + across.x * aside, y: from.y + along.y * forth + across.y * aside });
}

function bar(from: Point, to: Point, distance: number): string {
  const way = axes(from, to);
  return `<path class="line" d="M${at(from, way, distance, -5)}L${at(from, way, distance, 5)}"/>`;
}

function foot(from: Point, to: Point): string {
  const way = axes(from, to);
  const tip = at(from, way, 10, 0);
  return `<path class="line" d="M${at(from, way, 0, -5)}L${tip}L${at(from, way, 0, 5)}"/>`;
}

function ring(from: Point, to: Point): string {
  const way = axes(from, to);
  const [x = "", y = ""] = at(from, way, 13, 0).split(" ");
  return `<circle class="end" cx="${x}" cy="${y}" r="4"/>`;
}

function place({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Text for XML. Characters that XML cannot hold are shown as a box. */
function escaped(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
