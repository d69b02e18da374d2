// Tables of the catalogue, and queries over them.
import { all, call } from "./api.js";
import { badge, duration, h, table } from "./dom.js";

export async function tables(page) {
  const databases = await all("glue", "GetDatabases", {}, "DatabaseList", "NextToken");
  const sections = await Promise.all(databases.map(async ({ Name: database }) => {
    const list = await all("glue", "GetTables", { DatabaseName: database }, "TableList", "NextToken");
    return h("section", { class: "card" }, h("h2", {}, database), list.map((each) => h("details", {},
      h("summary", {}, each.Name, h("span", { class: "quiet" },
        `  ${each.StorageDescriptor?.Columns?.length ?? 0} columns, ${each.StorageDescriptor?.Location ?? "a view"}`)),
      h("p", {}, h("a", { href: `#/query/${encodeURIComponent(`SELECT * FROM "${database}"."${each.Name}" LIMIT 20`)}` }, "Look into it →")),
      table(["Column", "Type", ""], [
        ...(each.StorageDescriptor?.Columns ?? []).map((c) => [c.Name, c.Type, ""]),
        ...(each.PartitionKeys ?? []).map((c) => [c.Name, c.Type, "partition key"]),
      ]))));
  }));
  page.replaceChildren(h("h1", {}, "Tables"),
    ...(sections.length ? sections : [h("p", { class: "quiet" }, "The catalogue is empty.")]));
}

async function run(sql, group, show, alive) {
  const started = await call("athena", "StartQueryExecution", { QueryString: sql, WorkGroup: group });
  for (;;) {
    const { QueryExecution: query } = await call("athena", "GetQueryExecution", started);
    const state = query.Status.State;
    show(query);
    if (state === "SUCCEEDED") return call("athena", "GetQueryResults", { ...started, MaxResults: 501 });
    if (state === "FAILED" || state === "CANCELLED") throw new Error(query.Status.StateChangeReason ?? state);
    if (!alive()) {
      await call("athena", "StopQueryExecution", started);
      return null;
    }
    await new Promise((done) => setTimeout(done, 150));
  }
}

function answer({ ResultSet: set }) {
  const columns = set.ResultSetMetadata.ColumnInfo;
  const rows = set.Rows.map((row) => row.Data.map((cell) => cell.VarCharValue ?? "–"));
  const header = columns.every((column, i) => rows[0]?.[i] === column.Name);
  const number = (column) => /int|double|decimal|float|real/.test(column.Type);
  return table(columns.map((c) => c.Name + (number(c) ? "#" : "")), header ? rows.slice(1) : rows);
}

export async function query(page, text, alive) {
  const groups = await all("athena", "ListWorkGroups", {}, "WorkGroups", "NextToken");
  const sql = h("textarea", { "aria-label": "SQL", spellcheck: "false" });
  sql.value = text || localStorage.getItem("polder.sql") || "SHOW DATABASES";
  const group = h("select", { "aria-label": "Work group" }, groups.map((g) => h("option", {}, g.Name)));
  group.value = groups.map((g) => g.Name).find((name) => name !== "primary") ?? "primary";
  const out = h("div");
  const status = h("span", { class: "quiet" });
  const go = async () => {
    localStorage.setItem("polder.sql", sql.value);
    button.disabled = true;
    out.replaceChildren();
    try {
      const result = await run(sql.value, group.value, (q) => status.replaceChildren(badge(q.Status.State), ` ${
        duration((q.Statistics?.TotalExecutionTimeInMillis ?? 0) / 1000)}, ${(q.Statistics?.DataScannedInBytes ?? 0).toLocaleString()} bytes read`), alive);
      if (result) out.replaceChildren(h("div", { class: "card" }, answer(result)));
    } catch (failure) {
      out.replaceChildren(h("p", { class: "card error" }, failure.message));
    } finally {
      button.disabled = false;
    }
  };
  const button = h("button", { onclick: go, title: "Ctrl+Enter" }, "Run");
  sql.addEventListener("keydown", (key) => {
    if (key.key === "Enter" && (key.ctrlKey || key.metaKey)) go();
  });
  page.replaceChildren(h("h1", {}, "Query"), sql, h("p", {}, button, " ", group, " ", status), out);
}
