import { workloadOf } from "../workloads/workload.ts";
import type { Line, Summary } from "./summary.ts";

const bar = { height: 14, gap: 4, left: 300, width: 560 } as const;
const colours = [
  "#8a8f98",
  "#4c78a8",
  "#e4572e",
  "#54a24b",
  "#b279a2",
  "#eeca3b",
  "#72b7b2",
  "#9d755d",
  "#ff9da6",
  "#2f4b7c",
  "#a05195",
] as const;
/** Longer bars end here, so that the others can be told apart; what they reach is written beside them. */
const longest = 6;

interface Bar {
  readonly workload: string;
  readonly subject: string;
  readonly ratio: number;
}

/** Time per call relative to the first subject, as bars; the line is the first subject itself. */
export function chartOf(summary: Summary): string {
  const groups = summary.lines.filter((line) => line.figures.length > 1).map(barsOf);
  const bars = groups.flat();
  const most = Math.min(longest, Math.max(1, ...bars.map((one) => one.ratio)));
  const subjects = [...new Set(bars.map((one) => one.subject))];
  const scale = bar.width / most;
  const parts: string[] = [];
  let y = 40;
  for (const group of groups) {
    parts.push(text(10, y + bar.height - 3, group[0]!.workload));
    for (const one of group) {
      parts.push(barOf(one, y, scale, colours[subjects.indexOf(one.subject) % colours.length]!));
      y += bar.height + bar.gap;
    }
    y += bar.gap * 2;
  }
  const one = bar.left + scale;
  parts.push(`<line x1="${one}" x2="${one}" y1="30" y2="${y}" stroke="#333" stroke-dasharray="3 3"/>`);
  return document(y + 10, parts);
}

function barsOf(line: Line): readonly Bar[] {
  const first = line.figures[0]!.subject;
  return line.figures.map((figure) => ({
    workload: workloadOf(line.workload).title,
    subject: figure.subject,
    ratio: figure.wallRatios[first] ?? 1,
  }));
}

function barOf({ subject, ratio }: Bar, y: number, scale: number, colour: string): string {
  const width = Math.min(ratio, longest) * scale;
  const cut = ratio > longest ? "… " : "";
  const label = text(bar.left + width + 5, y + bar.height - 3, `${cut}${ratio.toFixed(2)} ${subject}`);
  return `<rect x="${bar.left}" y="${y}" width="${width.toFixed(1)}" height="${bar.height}" fill="${colour}"/>${label}`;
}

function text(x: number, y: number, content: string): string {
  const safe = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${x.toFixed(1)}" y="${y}">${safe}</text>`;
}

function document(height: number, parts: readonly string[]): string {
  const width = bar.left + bar.width + 160;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`;
  const title = text(
    10,
    20,
    "Time per call relative to hand-written code that prepares on each call (shorter is faster)",
  );
  return `${[head, `<rect width="100%" height="100%" fill="#fff"/>`, title, ...parts, "</svg>"].join("\n")}\n`;
}
