// Elements without a framework. Text is always set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export const h = (tag, attributes, ...children) =>
  filled(document.createElement(tag), attributes, children);

export const s = (tag, attributes, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);

export const badge = (status) => h("span", { class: `badge ${status}` }, status);

/** A table; rows are arrays of cells, or {cells, go} for rows that lead somewhere. */
export function table(columns, rows) {
  const numeric = columns.map((column) => column.endsWith("#"));
  return h("div", { class: "scroll" },
    h("table", {},
      h("thead", {}, h("tr", {}, columns.map((column) => h("th", {}, column.replace(/#$/, ""))))),
      h("tbody", {}, rows.map((row) => {
        const cells = row.cells ?? row;
        return h("tr", row.go ? { class: "link", onclick: () => { location.hash = row.go; } } : {},
          cells.map((cell, i) => h("td", { class: numeric[i] ? "number" : undefined }, cell ?? "")));
      }))));
}

export const time = (seconds) =>
  seconds ? new Date(seconds * 1000).toISOString().replace("T", " ").slice(0, 19) : "";

export function duration(seconds) {
  if (seconds === undefined || Number.isNaN(seconds)) return "";
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  return seconds < 120 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`;
}
