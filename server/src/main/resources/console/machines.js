// State machines, their executions, and one execution as it goes.
import { all, call } from "./api.js";
import { badge, duration, h, table, time } from "./dom.js";
import { graph } from "./graph.js";

export async function machines(page) {
  const list = await all("states", "ListStateMachines", {}, "stateMachines", "nextToken");
  if (!list.length) {
    page.replaceChildren(h("h1", {}, "No state machines yet"),
      h("p", { class: "quiet" }, "Deploy some with ./polder up, or run ./polder demo."));
    return;
  }
  const sections = await Promise.all(list.map(async (machine) => {
    const runs = await call("states", "ListExecutions", { stateMachineArn: machine.stateMachineArn, maxResults: 20 })
      .catch(() => ({ executions: [] }));
    return h("section", { class: "card" }, h("h2", {}, machine.name),
      runs.executions.length
        ? table(["Execution", "Status", "Started", "Took"], runs.executions.map((run) => ({
          go: `#/execution/${encodeURIComponent(run.executionArn)}`,
          cells: [run.name, badge(run.status), time(run.startDate), duration(run.stopDate - run.startDate)],
        })))
        : h("p", { class: "quiet" }, "Not run yet."));
  }));
  page.replaceChildren(h("h1", {}, "State machines"), ...sections);
}

/** What became of each state, and when it was entered and left. */
function fold(events) {
  const status = {};
  const visits = [];
  const open = {};
  for (const event of events) {
    const entered = event.stateEnteredEventDetails?.name;
    const left = event.stateExitedEventDetails?.name;
    if (entered) {
      status[entered] = "active";
      const visit = { name: entered, from: event.timestamp };
      (open[entered] ??= []).push(visit);
      visits.push(visit);
    } else if (left) {
      const visit = (open[left] ?? []).shift();
      if (visit) visit.to = event.timestamp;
      if (!open[left]?.length) status[left] = "done";
    } else if (/^(ExecutionFailed|ExecutionAborted|ExecutionTimedOut)$/.test(event.type)) {
      for (const name of Object.keys(status)) if (status[name] === "active") status[name] = "failed";
    }
  }
  return { status, visits };
}

export async function execution(page, arn, alive) {
  const described = await call("states", "DescribeStateMachineForExecution", { executionArn: arn });
  const machine = JSON.parse(described.definition);
  for (;;) {
    const run = await call("states", "DescribeExecution", { executionArn: arn });
    const events = await all("states", "GetExecutionHistory", { executionArn: arn, maxResults: 1000 }, "events", "nextToken");
    const { status, visits } = fold(events);
    if (!alive()) return;
    page.replaceChildren(
      h("h1", {}, `${described.name} / ${run.name} `, badge(run.status)),
      h("div", { class: "split" },
        h("div", { class: "card scroll" }, graph(machine, status)),
        h("div", {},
          run.error || run.cause ? h("p", { class: "card error" }, `${run.error ?? ""}\n${run.cause ?? ""}`) : null,
          h("div", { class: "card" }, table(["State", "Entered", "Took#"],
            visits.slice(-200).map((v) => [v.name, time(v.from), v.to ? duration(v.to - v.from) : "…"]))),
          h("div", { class: "card" }, h("h2", {}, "Input"), h("pre", {}, pretty(run.input)),
            run.output ? [h("h2", {}, "Output"), h("pre", {}, pretty(run.output))] : null))));
    if (run.status !== "RUNNING") return;
    await new Promise((done) => setTimeout(done, 700));
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2).slice(0, 20000);
  } catch {
    return text;
  }
}
