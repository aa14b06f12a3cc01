import type { Drawing, Entity, Link } from "./entity.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A table's place: its upper left corner and its size. */
export interface Box extends Point {
  readonly entity: Entity;
  readonly width: number;
  readonly height: number;
}

/** A key's way from the table that holds it to its target. */
export interface Line {
  readonly link: Link;
  readonly points: readonly Point[];
}

export interface Layout {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** Sizes in pixels. */
export const sizes = { row: 20, header: 28, letter: 7.25, pad: 10, gap: 48 } as const;

/** The width of a table: its longest line, with the marks before the name and the type behind. */
function widthOf({ name, attributes }: Entity): number {
  const longest = attributes.map((one) => one.name.length + one.type.length + 3 + (one.marks.length === 0 ? 0 : 1));
  return (
    Math.ceil(Math.max(name.length + 1, ...longest.map((letters) => letters + 4), 12) * sizes.letter) + 2 * sizes.pad
  );
}

function heightOf({ attributes }: Entity): number {
  return sizes.header + attributes.length * sizes.row + 8;
}

/** Tables that keys connect are laid out in layers; the groups stand in rows beneath each other, the largest first. */
export async function layOut(drawing: Drawing): Promise<Layout> {
  const groups = groupsOf(drawing);
  const placed = await Promise.all(groups.map(layOutGroup));
  return pack(placed.toSorted((a, b) => b.width * b.height - a.width * a.height));
}

/** The connected parts of a drawing. */
function groupsOf({ entities, links }: Drawing): readonly Drawing[] {
  const group = new Map(entities.map(({ name }) => [name, name]));
  const head = (name: string): string => {
    const next = group.get(name) ?? name;
    return next === name ? name : head(next);
  };
  for (const { from, to } of links) group.set(head(from), head(to));
  const members = Map.groupBy(entities, ({ name }) => head(name));
  return [...members].map(([name, own]) => ({ entities: own, links: links.filter(({ from }) => head(from) === name) }));
}

async function layOutGroup({ entities, links }: Drawing): Promise<Layout> {
  const { Graph, layout } = await import("@dagrejs/dagre").then((loaded) => ({
    Graph: loaded.default.graphlib.Graph,
    layout: loaded.default.layout,
  }));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 28, ranksep: 72, edgesep: 14, marginx: 0, marginy: 0 });
  for (const entity of entities) graph.setNode(entity.name, { width: widthOf(entity), height: heightOf(entity) });
  for (const [at, link] of links.entries()) if (!isLoop(link)) graph.setEdge(link.to, link.from, {}, String(at));
  layout(graph);
  const boxes = entities.map((entity): Box => {
    const { x, y, width, height } = graph.node(entity.name);
    return { entity, width, height, x: x - width / 2, y: y - height / 2 };
  });
  const lines = links.map((link, at): Line => {
    const own = boxes.find(({ entity }) => isLoop(link) && entity.name === link.from);
    if (own !== undefined) return { link, points: loopOf(own) };
    const { points } = graph.edge({ v: link.to, w: link.from, name: String(at) });
    return { link, points: points.map(({ x, y }: Point) => ({ x, y })).toReversed() };
  });
  return { boxes, lines, width: rightOf(boxes, lines), height: bottomOf(boxes, lines) };
}

const loopWidth = 30;

function isLoop({ from, to }: Link): boolean {
  return from === to;
}

/** Out of the right side of a table and back into it, between the layers. */
function loopOf({ x, y, width }: Box): readonly Point[] {
  const [right, high, low] = [x + width, y + 10, y + sizes.header + 14];
  return [
    { x: right, y: low },
    { x: right + loopWidth - 6, y: low },
    { x: right + loopWidth - 6, y: high },
    { x: right, y: high },
  ];
}

function rightOf(boxes: readonly Box[], lines: readonly Line[]): number {
  return Math.max(
    0,
    ...boxes.map(({ x, width }) => x + width),
    ...lines.flatMap(({ points }) => points.map(({ x }) => x)),
  );
}

function bottomOf(boxes: readonly Box[], lines: readonly Line[]): number {
  return Math.max(
    0,
    ...boxes.map(({ y, height }) => y + height),
    ...lines.flatMap(({ points }) => points.map(({ y }) => y)),
  );
}

/** Rows of groups, about as wide as the whole is high and half again. */
function pack(groups: readonly Layout[]): Layout {
  const area = groups.reduce((sum, { width, height }) => sum + (width + sizes.gap) * (height + sizes.gap), 0);
  const limit = Math.max(Math.sqrt(area * 1.5), ...groups.map(({ width }) => width));
  const boxes: Box[] = [];
  const lines: Line[] = [];
  let [x, y, rowHeight] = [0, 0, 0];
  for (const group of groups) {
    if (x > 0 && x + group.width > limit) [x, y, rowHeight] = [0, y + rowHeight + sizes.gap, 0];
    const [dx, dy] = [x, y];
    boxes.push(...group.boxes.map((box) => ({ ...box, x: box.x + dx, y: box.y + dy })));
    lines.push(
      ...group.lines.map(({ link, points }) => ({
        link,
        points: points.map((one) => ({ x: one.x + dx, y: one.y + dy })),
      })),
    );
    x += group.width + sizes.gap;
    rowHeight = Math.max(rowHeight, group.height);
  }
  return { boxes, lines, width: rightOf(boxes, lines), height: bottomOf(boxes, lines) };
}
