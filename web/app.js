// The live page: asks /api/v1/flows each second and redraws the table. What it shows is in its address.
import { bytes, bitRate, count, milliseconds, clock } from "./units.js";

const columns = [
  { title: "Source", className: "endpoint", text: (flow) => endpoint(flow.source) },
  { title: "Destination", className: "endpoint", text: (flow) => endpoint(flow.destination) },
  { title: "Protocol", text: (flow) => protocol(flow) },
  { title: "State", text: (flow) => flow.tcp?.state ?? "" },
  { title: "Rate", sort: "rate", className: "number", text: (flow) => bitRate(flow.rate.bytes_per_second_10s) },
  { title: "Sent", className: "number", text: (flow) => bytes(flow.bytes.sent) },
  { title: "Received", className: "number", text: (flow) => bytes(flow.bytes.received) },
  { title: "Bytes", sort: "bytes", className: "number", text: (flow) => bytes(flow.bytes.sent + flow.bytes.received) },
  { title: "Packets", sort: "packets", className: "number", text: (flow) => count(flow.packets.sent + flow.packets.received) },
  { title: "Handshake", sort: "rtt", className: "number", text: (flow) => milliseconds(flow.tcp?.handshake_rtt_us) },
  { title: "First", sort: "first", text: (flow) => clock(flow.first_seen) },
  { title: "Last", sort: "last", text: (flow) => clock(flow.last_seen) },
  { title: "Interfaces", text: (flow) => flow.network.interfaces.join(" → ") },
];

const element = (id) => document.getElementById(id);
const address = new URL(location.href);
const view = { filter: address.searchParams.get("filter") ?? "", sort: address.searchParams.get("sort") ?? "rate", limit: "100" };
let paused = false;
let timer = 0;
let request;

function endpoint({ address: host, port }) {
  if (port === undefined) return host;
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function protocol(flow) {
  const tunnel = flow.network.tunnel;
  return tunnel ? `${flow.network.transport} in ${tunnel.type}` : flow.network.transport;
}

function drawHeading() {
  element("heading").replaceChildren(...columns.map((column) => {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.className = column.className ?? "";
    if (!column.sort) {
      cell.textContent = column.title;
      return cell;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = column.title;
    button.addEventListener("click", () => show({ sort: column.sort }));
    if (column.sort === view.sort) cell.setAttribute("aria-sort", "descending");
    cell.append(button);
    return cell;
  }));
}

function drawRow(flow) {
  const row = document.createElement("tr");
  if (flow.ended) row.className = "ended";
  row.append(...columns.map((column) => {
    const cell = document.createElement("td");
    cell.className = column.className ?? "";
    cell.textContent = column.text(flow);
    return cell;
  }));
  return row;
}

function drawStatus(answer) {
  const lost = answer.lost.packets;
  element("status").textContent = `Top ${count(answer.flows.length)} of ${count(answer.total)} conversations at ${clock(answer.time)}`
    + (lost > 0 ? `, ${count(lost)} packets (${bytes(answer.lost.bytes)}) lost before they could be told apart` : "");
  element("status").className = lost > 0 ? "lost" : "";
}

function drawProblem(problem) {
  const caret = problem.column > 0 ? `\n${view.filter}\n${" ".repeat(problem.column - 1)}^` : "";
  element("problem").textContent = problem.detail + caret;
}

async function refresh() {
  clearTimeout(timer);
  request?.abort();
  request = new AbortController();
  try {
    const response = await fetch(`api/v1/flows?${new URLSearchParams(view)}`, { signal: request.signal });
    const answer = await response.json();
    if (!response.ok) {
      drawProblem(answer);
      return;
    }
    element("problem").textContent = "";
    element("rows").replaceChildren(...answer.flows.map(drawRow));
    drawStatus(answer);
  } catch (failure) {
    if (failure.name === "AbortError") return;
    drawProblem({ detail: "The agent does not answer; trying again each second." });
  }
  schedule();
}

function schedule() {
  clearTimeout(timer);
  if (!paused && !document.hidden) timer = setTimeout(refresh, 1000);
}

function show(change) {
  Object.assign(view, change);
  for (const name of ["filter", "sort"]) {
    if (view[name]) address.searchParams.set(name, view[name]);
    else address.searchParams.delete(name);
  }
  history.replaceState(null, "", address);
  drawHeading();
  refresh();
}

element("filter").value = view.filter;
element("filter").addEventListener("search", () => show({ filter: element("filter").value.trim() }));
element("form").addEventListener("submit", (event) => {
  event.preventDefault();
  show({ filter: element("filter").value.trim() });
});
element("pause").addEventListener("click", () => {
  paused = !paused;
  element("pause").setAttribute("aria-pressed", String(paused));
  element("pause").textContent = paused ? "Go on" : "Pause";
  if (paused) clearTimeout(timer);
  else refresh();
});
document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : paused || refresh()));
drawHeading();
refresh();
