import { workloadOf } from "../workloads/workload.ts";
import type { Allocation } from "./measure.ts";
import type { Figure, Line, Summary, Verdict } from "./summary.ts";

/** The figures as aligned text. Ratios are to the first subject of each workload. */
export function tableOf(summary: Summary): string {
  const rows = [
    ["workload", "subject", "per call", "p50", "p99", "wall", "CPU", "goals"],
    ...summary.lines.flatMap(linesOf),
    ...(summary.allocation === undefined ? [] : allocationRows(summary.allocation)),
  ];
  return [aligned(rows), ...summary.lines.flatMap(leftOutOf)].join("\n");
}

/** Which peers a workload is without, and why. */
function leftOutOf({ workload, leftOut }: Line): readonly string[] {
  return leftOut.map(({ subject, reason }) => `${subject} is left out of "${workloadOf(workload).title}": ${reason}`);
}

function linesOf(line: Line): readonly (readonly string[])[] {
  const first = line.figures[0]?.subject;
  return line.figures.map((figure, at) => [
    at === 0 ? workloadOf(line.workload).title : "",
    figure.subject,
    duration(figure.wall),
    duration(figure.p50),
    duration(figure.p99),
    ratioTo(figure.wallRatios, first),
    ratioTo(figure.cpuRatios, first),
    isLast(line, figure) ? verdicts(line) : "",
  ]);
}

function isLast(line: Line, figure: Figure): boolean {
  return line.figures.at(-1) === figure;
}

function verdicts(line: Line): string {
  return line.verdicts.map(verdictText).join(", ");
}

function verdictText({ goal, reached, cpu, allowed }: Verdict): string {
  const both = cpu === undefined ? reached.toFixed(2) : `${reached.toFixed(2)} (CPU ${cpu.toFixed(2)})`;
  return `${reached <= allowed ? "ok" : "MISSED"} ${both} <= ${allowed} ${goal}`;
}

function ratioTo(ratios: Readonly<Record<string, number>>, first: string | undefined): string {
  const ratio = first === undefined ? undefined : ratios[first];
  return ratio === undefined ? "1.00" : ratio.toFixed(2);
}

function duration(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1000).toFixed(2)} us` : `${milliseconds.toFixed(2)} ms`;
}

function allocationRows({ workload, bytes }: Allocation): readonly (readonly string[])[] {
  const first = Object.values(bytes)[0] ?? Number.NaN;
  return Object.entries(bytes).map(([subject, own], at) => [
    at === 0 ? `allocated: ${workloadOf(workload).title}` : "",
    subject,
    `${(own / 1e6).toFixed(1)} MB`,
    "",
    "",
    (own / first).toFixed(2),
    "",
    "",
  ]);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const texts = rows.map((row) =>
    row
      .map((cell, at) => (at < 2 || at === row.length - 1 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join("  ")
      .trimEnd(),
  );
  return texts.join("\n");
}
