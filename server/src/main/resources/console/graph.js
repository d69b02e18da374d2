// A picture of a state machine: layers from top to bottom, branches and maps as boxes within boxes.
import { s } from "./dom.js";

const NODE = { height: 46, gapX: 26, gapY: 40, pad: 18 };

const width = (name) => Math.max(110, name.length * 7.6 + 28);

function targets(state) {
  const next = [];
  if (state.Next) next.push([state.Next, ""]);
  for (const rule of state.Choices ?? []) next.push([rule.Next, ""]);
  if (state.Default) next.push([state.Default, ""]);
  for (const catcher of state.Catch ?? []) next.push([catcher.Next, "catch"]);
  return next;
}

/** The longest way to each state, not counting edges that lead back. */
function layers(machine) {
  const level = {};
  const path = new Set();
  const visit = (name, depth) => {
    if (!machine.States[name] || path.has(name) || (level[name] ?? -1) >= depth) return;
    level[name] = depth;
    path.add(name);
    for (const [next] of targets(machine.States[name])) visit(next, depth + 1);
    path.delete(name);
  };
  visit(machine.StartAt, 0);
  return level;
}

function inner(state) {
  if (state.Type === "Parallel") return state.Branches ?? [];
  const iterated = state.ItemProcessor ?? state.Iterator;
  return state.Type === "Map" && iterated ? [iterated] : [];
}

function box(name, state) {
  const children = inner(state).map(layout);
  if (!children.length) return { name, state, children, width: width(name), height: NODE.height };
  const across = children.reduce((sum, child) => sum + child.width + NODE.gapX, -NODE.gapX);
  return {
    name, state, children,
    width: Math.max(width(name), across + 2 * NODE.pad),
    height: Math.max(...children.map((child) => child.height)) + 2 * NODE.pad + 22,
  };
}

/** Boxes with their places, the edges between them, and the size of it all. */
function layout(machine) {
  const level = layers(machine);
  const rows = [];
  for (const [name, depth] of Object.entries(level)) {
    (rows[depth] ??= []).push(box(name, machine.States[name]));
  }
  const total = Math.max(...rows.map(
    (row) => row.reduce((sum, each) => sum + each.width + NODE.gapX, -NODE.gapX)));
  const at = {};
  let y = 0;
  for (const row of rows) {
    let x = (total - row.reduce((sum, each) => sum + each.width + NODE.gapX, -NODE.gapX)) / 2;
    for (const each of row) {
      at[each.name] = Object.assign(each, { x, y });
      x += each.width + NODE.gapX;
    }
    y += Math.max(...row.map((each) => each.height)) + NODE.gapY;
  }
  const edges = Object.values(at).flatMap((from) => targets(from.state)
    .filter(([next]) => at[next]).map(([next, kind]) => ({ from, to: at[next], kind })));
  return { boxes: Object.values(at), edges, width: total, height: y - NODE.gapY };
}

/** Down to the next layer; back up on the right; past other layers on the left of what is between. */
function route(from, to, boxes) {
  const middle = (each) => each.y + each.height / 2;
  if (to.y <= from.y) {
    const [x1, x2] = [from.x + from.width, to.x + to.width];
    const side = Math.max(x1, x2) + 30;
    return `M${x1} ${middle(from)} C${side} ${middle(from)} ${side} ${middle(to)} ${x2 + 2} ${middle(to)}`;
  }
  const [x1, y1] = [from.x + from.width / 2, from.y + from.height];
  const [x2, y2] = [to.x + to.width / 2, to.y - 2];
  const between = boxes.filter((each) => each.y >= y1 && each.y + each.height <= y2 - NODE.gapY / 2);
  if (between.length) {
    const side = Math.min(from.x, to.x, ...between.map((each) => each.x)) - 30;
    return `M${from.x} ${middle(from)} C${side} ${middle(from)} ${side} ${y1} ${side} ${y1 + 10}`
      + ` L${side} ${y2 - 30} C${side} ${middle(to)} ${side} ${middle(to)} ${to.x - 2} ${middle(to)}`;
  }
  const half = (y1 + y2) / 2;
  return `M${x1} ${y1} C${x1} ${half} ${x2} ${half} ${x2} ${y2}`;
}

const edge = (boxes) => ({ from, to, kind }) =>
  s("path", { class: `edge ${kind}`, d: route(from, to, boxes), "marker-end": "url(#arrow)" });

function draw(each, status) {
  const group = each.children.length > 0;
  let x = each.x + NODE.pad;
  const nested = each.children.map((child) => {
    const shape = s("g", { transform: `translate(${x} ${each.y + NODE.pad + 20})` }, drawAll(child, status));
    x += child.width + NODE.gapX;
    return shape;
  });
  const middle = each.x + each.width / 2;
  return s("g", { class: `box ${group ? "group" : ""} ${status[each.name] ?? ""}` },
    s("rect", { x: each.x, y: each.y, width: each.width, height: each.height, rx: 9 }),
    s("text", { x: middle, y: each.y + (group ? 18 : 21) }, each.name),
    group ? null : s("text", { class: "kind", x: middle, y: each.y + 36 }, each.state.Type),
    s("title", {}, `${each.name}: ${each.state.Comment ?? each.state.Type}`),
    nested);
}

const drawAll = (placed, status) =>
  [...placed.edges.map(edge(placed.boxes)), ...placed.boxes.map((each) => draw(each, status))];

/** @param status state name to "active", "done" or "failed" */
export function graph(machine, status) {
  const placed = layout(machine);
  const [w, hgt] = [placed.width + 110, placed.height + 24];
  return s("svg", { class: "graph", viewBox: `-55 -12 ${w} ${hgt}`, width: w, height: hgt, role: "img" },
    s("defs", {}, s("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
      s("path", { d: "M0 0 8 4 0 8z", fill: "context-stroke" }))),
    drawAll(placed, status));
}
