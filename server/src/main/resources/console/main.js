// Pages by the part of the address behind the #.
import { health } from "./api.js";
import { h } from "./dom.js";
import { query, tables } from "./lake.js";
import { execution, machines } from "./machines.js";
import { trace, traces } from "./traces.js";

const page = document.getElementById("page");
let turn = 0;

async function show() {
  const mine = ++turn;
  const alive = () => mine === turn;
  const [, name = "", argument = ""] = location.hash.split("/");
  const here = { query: "query", tables: "tables", traces: "traces", trace: "traces" }[name] ?? "machines";
  for (const link of document.querySelectorAll("nav a")) {
    link.classList.toggle("here", link.dataset.page === here);
  }
  try {
    if (name === "execution") await execution(page, decodeURIComponent(argument), alive);
    else if (name === "query") await query(page, decodeURIComponent(argument), alive);
    else if (name === "tables") await tables(page);
    else if (name === "traces") await traces(page);
    else if (name === "trace") await trace(page, decodeURIComponent(argument));
    else await machines(page);
  } catch (failure) {
    if (alive()) page.replaceChildren(h("p", { class: "card error" }, failure.message));
  }
}

addEventListener("hashchange", show);
show();
health().then((answer) => {
  document.getElementById("server").textContent = `${location.host} · ${answer.version} · clock ${answer.clock}`;
}).catch(() => {});
