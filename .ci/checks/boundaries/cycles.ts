import { reach, type ValueGraph } from "./value-graph.ts";

/** Finds files that load each other; one shortest circle is named for every knot of them. */
export function checkCycles(graph: ValueGraph): string[] {
  const violations: string[] = [];
  const reported = new Set<string>();
  for (const path of graph.keys()) {
    if (reported.has(path)) continue;
    const circle = circleThrough(graph, path);
    if (!circle) continue;
    for (const member of circle) reported.add(member);
    violations.push(`${circle.join(" -> ")} is a cycle of imports.`);
  }
  return violations;
}

function circleThrough(graph: ValueGraph, path: string): readonly string[] | undefined {
  const circles = (graph.get(path) ?? []).flatMap((next) => {
    const back = reach(graph, next).get(path);
    return back ? [[path, ...back]] : [];
  });
  return circles.toSorted((a, b) => a.length - b.length)[0];
}
