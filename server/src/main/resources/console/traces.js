// Traces: which requests there were lately, and where the time of one went.
import { rest } from "./api.js";
import { duration, h, s, table, time } from "./dom.js";

const ROW = 26;
const LABELS = 430;
const BARS = 640;
const MINUTES = 60;

export async function traces(page) {
  const now = Math.ceil(Date.now() / 1000) + 1;
  const { TraceSummaries: summaries = [] } = await rest("xray", "/TraceSummaries", {
    StartTime: now - MINUTES * 60, EndTime: now,
  });
  const rows = summaries.toSorted((a, b) => b.StartTime - a.StartTime).map((each) => ({
    go: `#/trace/${each.Id}`,
    cells: [
      (each.ServiceIds ?? []).map((service) => service.Name).join(" → ") || each.Id,
      each.HasFault ? h("span", { class: "badge FAILED" }, "fault") : each.HasError ? h("span", { class: "badge FAILED" }, "error") : "",
      time(each.StartTime), duration(each.Duration),
    ],
  }));
  page.replaceChildren(h("h1", {}, "Traces of the last hour"), h("section", { class: "card" },
    rows.length ? table(["Request", "", "Began", "Took"], rows)
      : h("p", { class: "quiet" }, "None. Requests to GraphQL APIs and functions show here.")));
}

/** The tree of a trace: segments below the subsegments that called them. */
function tree(documents) {
  const nodes = new Map();
  const walk = (document) => {
    const node = { document, children: (document.subsegments ?? []).map(walk) };
    nodes.set(document.id, node);
    return node;
  };
  const segments = documents.map(walk);
  const roots = segments.filter((node) => {
    const parent = nodes.get(node.document.parent_id);
    parent?.children.push(node);
    return !parent;
  });
  const sort = (list) => list.sort((a, b) => a.document.start_time - b.document.start_time).forEach((node) => sort(node.children));
  sort(roots);
  return roots;
}

function label({ name, aws = {} }) {
  // Tables of an API have its id in their names, which says nothing here.
  const place = [aws.table_name?.replace(/-[0-9a-z]{20,}(-\w+)?/, ""), aws.index_name].filter(Boolean).join("/");
  return [name, aws.operation, place].filter(Boolean).join(" ");
}

function timeline(roots) {
  const rows = [];
  const flatten = (node, depth) => {
    rows.push({ ...node.document, depth });
    node.children.forEach((child) => flatten(child, depth + 1));
  };
  roots.forEach((root) => flatten(root, 0));
  const begin = Math.min(...rows.map((row) => row.start_time));
  const length = Math.max(...rows.map((row) => row.end_time)) - begin || 1e-6;
  const drawn = rows.map((row, i) => {
    const x = LABELS + ((row.start_time - begin) / length) * BARS;
    const width = Math.max(2, ((row.end_time - row.start_time) / length) * BARS);
    const text = label(row);
    const room = 56 - row.depth * 2;
    const kind = row.fault || row.error ? "bad" : row.origin ? "segment" : "call";
    return s("g", { class: `span ${kind}` },
      s("title", {}, `${text}\n${((row.end_time - row.start_time) * 1000).toFixed(2)} ms`),
      s("text", { x: row.depth * 14, y: i * ROW + 17 }, text.length > room ? `${text.slice(0, room - 1)}…` : text),
      s("rect", { x, y: i * ROW + 5, width, height: ROW - 10, rx: 3 }),
      s("text", { class: "took", x: LABELS + BARS + 70, y: i * ROW + 17 }, `${((row.end_time - row.start_time) * 1000).toFixed(1)} ms`));
  });
  const height = rows.length * ROW;
  return s("svg", { class: "timeline", viewBox: `0 0 ${LABELS + BARS + 74} ${height}`, role: "img", "aria-label": "Timeline" },
    [0, 0.25, 0.5, 0.75, 1].map((part) => s("line", { x1: LABELS + part * BARS, x2: LABELS + part * BARS, y1: 0, y2: height })), drawn);
}

export async function trace(page, id) {
  const { Traces: [found] = [] } = await rest("xray", "/Traces", { TraceIds: [id] });
  if (!found) throw new Error(`There is no trace ${id}: the last 20,000 spans are kept.`);
  const documents = found.Segments.map((segment) => JSON.parse(segment.Document));
  page.replaceChildren(h("h1", {}, `${duration(found.Duration)} `, h("span", { class: "quiet" }, id)),
    h("section", { class: "card scroll" }, timeline(tree(documents))),
    h("details", { class: "card" }, h("summary", {}, "Documents"), h("pre", {}, JSON.stringify(documents, null, 2))));
}
