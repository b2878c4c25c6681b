// What the agent said last. It is asked once a second: it scans twice a second, every client of the same scan gets the same
// answer, a slow client asks less often, and a page that nobody looks at does not ask at all.
import { connectionSorts, rowOf } from "./connections.js";
import { nowRateOf, sorts } from "./flow.js";
import { remember } from "./trends.js";
import { show, view } from "./view.svelte.js";

const interval = 1000;
const kept = 300;
const tokenKey = "rheo-token";

export const agent = $state({
  state: "connecting", // live, silent, locked
  problem: null,
  time: "",
  total: 0,
  flows: [],
  status: null,
  rates: { bytes: 0, packets: 0, opened: 0 },
  samples: { time: [], all: [], shown: [] },
  interfaces: [],
});

let timer = 0;
let asked;
let last = null;
const carried = new Map();

class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

async function ask(path, signal) {
  const token = sessionStorage.getItem(tokenKey);
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const response = await fetch(path, { headers, signal, credentials: "omit" });
  const answer = await response.json();
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer;
}

// The token lives as long as the tab, and never stands in an address.
export async function login(token) {
  sessionStorage.setItem(tokenKey, token);
  await refresh();
  if (agent.state === "locked") sessionStorage.removeItem(tokenKey);
  return agent.state !== "locked";
}

// `and` groups from the left, so what stands before needs no parentheses, and a mistake in it keeps its column.
const filterOf = ({ filter, interface: name }) => [filter, name && `interface:"${name}"`].filter(Boolean).join(" and ");

function query() {
  const isConnections = view.group === "connection";
  const words = new URLSearchParams({ limit: view.limit });
  // Each of the two has orders of its own, and one that is taken where this one has none.
  if ((isConnections ? connectionSorts : sorts).includes(view.sort)) words.set("sort", view.sort);
  const filter = filterOf(isConnections ? { filter: view.filter } : view);
  if (filter) words.set("filter", filter);
  return `api/v1/${isConnections ? "connections" : "flows"}?${words}`;
}

// Asks at once. What was refused is not asked again until it changes; the sums go on.
export async function refresh(again = false) {
  clearTimeout(timer);
  if (!again) agent.problem = null;
  asked?.abort();
  const mine = (asked = new AbortController());
  try {
    const refused = agent.problem !== null;
    const [list, status] = await Promise.all([refused ? null : ask(query(), mine.signal), ask("api/v1/status", mine.signal)]);
    if (list) list.flows ? take(list) : takeConnections(list);
    measure(status);
  } catch (failure) {
    if (mine.signal.aborted) return;
    refuse(failure);
  }
  schedule();
}

function refuse(failure) {
  if (failure.status === 401) agent.state = "locked";
  else if (failure.status === 400) {
    agent.state = "live";
    agent.problem = failure.problem;
    agent.flows = [];
  } else agent.state = "silent";
}

function take(list) {
  const isNew = list.time !== agent.time;
  agent.time = list.time;
  agent.total = list.total;
  agent.flows = list.flows;
  if (isNew) remember(list.flows, nowRateOf);
}

function takeConnections({ time, live, connections }) {
  agent.time = time ?? agent.time;
  agent.total = live ?? 0;
  agent.flows = connections.map(rowOf);
}

function measure(status) {
  agent.state = "live";
  agent.status = status;
  if (status.time === last?.time) return;
  const seconds = last ? (Date.parse(status.time) - Date.parse(last.time)) / 1000 : 0;
  if (seconds > 0) {
    const rate = (name) => Math.max(0, status.sums[name] - last.sums[name]) / seconds;
    agent.rates = { bytes: rate("bytes"), packets: rate("packets"), opened: rate("conversations") };
    const { time, all, shown } = agent.samples;
    const with_ = (points, point) => [...points.slice(1 - kept), point];
    agent.samples = {
      time: with_(time, Date.parse(status.time) / 1000),
      all: with_(all, agent.rates.bytes * 8),
      shown: with_(shown, agent.flows.reduce((sum, flow) => sum + nowRateOf(flow), 0) * 8),
    };
  }
  agent.interfaces = status.interfaces.map((each) => interfaceRates(each, seconds));
  last = status;
}

function interfaceRates({ name, receive, transmit }, seconds) {
  const before = carried.get(name) ?? { receive, transmit, points: [] };
  const rate = (way, now) => (seconds > 0 ? Math.max(0, now.bytes - before[way].bytes) / seconds : 0);
  const rates = { receive: rate("receive", receive), transmit: rate("transmit", transmit) };
  const points = [...before.points.slice(-59), rates.receive + rates.transmit];
  carried.set(name, { receive, transmit, points });
  return { name, ...rates, points };
}

function schedule() {
  clearTimeout(timer);
  if (!view.paused && !document.hidden && agent.state !== "locked") timer = setTimeout(() => refresh(true), interval);
}

export function pause(paused) {
  show({ paused }, { step: false });
  if (paused) {
    asked?.abort();
    clearTimeout(timer);
  } else refresh();
}

document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : view.paused || refresh()));
