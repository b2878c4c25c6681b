// What the agent said last. It is asked once a second: it scans twice a second, every client of the same scan gets the same
// answer, a slow client asks less often, and a page that nobody looks at does not ask at all.
import { busiestFirst, connectionRow, connectionSorts, listenerRow } from "./connections.js";
import { dropRows } from "./drops.js";
import { nowRateOf, sorts } from "./flow.js";
import { kindOf } from "./groups.js";
import { kept } from "./kept.js";
import { quoted } from "./owner.js";
import { forgetTrends, remember } from "./trends.js";
import { show, view } from "./view.svelte.js";

const interval = 1000;
// 5 s: who looks at something else wants to know that packets are dropped, and not at once; the kernel's tables are read for it.
const dropInterval = 5000;
// 8 s: one that hangs is not alive, though its port is open. It answers a question in 2 s, or says that it cannot.
const patience = 8000;
// 5 s: after so long without an answer what was before is no part of the same line. The browser's clock tells: it goes on in sleep.
const longestGap = 5000;
const mostSeconds = 300;
const tokenKey = "rheo-token";

export const agent = $state({
  state: "connecting", // live, silent, locked
  excuse: "", // why it is silent, where it said so
  problem: null,
  time: "",
  kind: "flow", // what the rows are
  total: null, // how many there are, shown or not; null where nobody counts
  watched: true,
  flows: [],
  status: null,
  drops: null, // watched, lost, perSecond, most
  rates: { bytes: 0, packets: 0, opened: 0 },
  samples: { time: [], all: [], shown: [] },
  interfaces: [],
});

let timer = 0;
let asked;
let last = null;
let answered = 0;
let carried = new Map();
let token = kept(() => sessionStorage.getItem(tokenKey));

class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail);
    this.status = status;
    this.problem = problem;
  }
}

async function ask(path, signal) {
  return read(path, AbortSignal.any([signal, AbortSignal.timeout(patience)]));
}

async function read(path, signal) {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  const response = await fetch(path, { headers, signal, credentials: "omit" });
  // Of a request that is too long the server takes no more than its first line, and says nothing else.
  if (response.status === 414) throw new Refusal(400, { parameter: "filter", detail: "The filter is longer than the agent takes." });
  const answer = await response.json();
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer;
}

// The token lives as long as the tab, and never stands in an address.
export async function login(given) {
  // What no header can carry is no token; kept, it would make every question fail.
  if (!/^[\x21-\x7e]+$/.test(given)) return false;
  token = given;
  kept(() => sessionStorage.setItem(tokenKey, token));
  await refresh();
  if (agent.state === "locked") forget();
  return agent.state !== "locked";
}

function forget() {
  token = null;
  kept(() => sessionStorage.removeItem(tokenKey));
}

// `and` groups from the left, so what stands before needs no parentheses, and a mistake in it keeps its column.
const filterOf = ({ filter, interface: name }) => [filter, name && `interface:${quoted(name)}`].filter(Boolean).join(" and ");

const paths = { flow: "flows", connection: "connections", listener: "connections", drops: "drops" };
const orders = { flow: sorts, connection: connectionSorts };

function query(kind) {
  const words = new URLSearchParams({ limit: view.limit });
  // Each has orders of its own, and one that is taken where this one has none.
  if (orders[kind]?.includes(view.sort)) words.set("sort", view.sort);
  if (kind === "listener") words.set("listening", "true");
  if (kind === "drops") words.set("by", view.by);
  const filter = filterOf(kind === "flow" ? view : { filter: view.filter });
  if (filter) words.set("filter", filter);
  return `api/v1/${paths[kind]}?${words}`;
}

// Asks at once. What was refused is not asked again until it changes; the sums go on.
export async function refresh(again = false) {
  clearTimeout(timer);
  if (!again) agent.problem = null;
  asked?.abort();
  const mine = (asked = new AbortController());
  try {
    const refused = agent.problem !== null;
    const kind = kindOf(view.group);
    const [list, status] = await Promise.all([refused ? null : ask(query(kind), mine.signal), ask("api/v1/status", mine.signal), askDrops(kind, mine.signal)]);
    if (Date.now() - answered > longestGap) beginAnew();
    answered = Date.now();
    if (list) take[kind](list, status);
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
  } else {
    agent.state = "silent";
    agent.excuse = failure.status === 503 ? failure.problem.detail : "";
  }
}

function beginAnew() {
  forgetTrends();
  carried = new Map();
}

const take = {
  flow(list) {
    const isNew = list.time !== agent.time || agent.kind !== "flow";
    put("flow", list.flows, list.total, list.time);
    if (isNew) remember(list.flows, nowRateOf);
  },
  connection: (list, status) => put("connection", list.connections.map(connectionRow), list.matched ?? null, list.time ?? status.time, list.watched),
  listener: (list, status) => put("listener", busiestFirst(list.listeners.map(listenerRow)), list.matched ?? null, list.time ?? status.time, list.watched),
  drops(list, status) {
    const now = performance.now();
    const before = agent.kind === "drops" && dropsBy === view.by ? agent.flows : [];
    const rows = dropRows(list, before, (now - droppedAt) / 1000);
    [dropsBy, droppedAt] = [view.by, now];
    put("drops", rows, null, status.time, list.watched);
    remember(rows, (row) => row.perSecond);
    countDrops(list);
  },
};

let dropsBy = "";
let droppedAt = 0;

function put(kind, rows, total, time, watched = true) {
  if (kind !== agent.kind) forgetTrends();
  Object.assign(agent, { kind, total, time, watched, flows: rows });
}

let summedAt = -Infinity;

// Beside another view, the sum alone and its chief reason.
async function askDrops(kind, signal) {
  if (kind !== "drops" && performance.now() - summedAt >= (agent.drops?.perSecond === undefined ? 0 : dropInterval)) countDrops(await ask("api/v1/drops?by=reason&limit=1", signal), true);
}

function countDrops({ watched, lost, drops: [most] }, byReason = false) {
  const now = performance.now();
  const seconds = (now - summedAt) / 1000;
  const before = agent.drops;
  const perSecond = before ? Math.max(0, lost - before.lost) / seconds : undefined;
  summedAt = now;
  agent.drops = { watched, lost, perSecond, most: byReason ? most?.reason : before?.most ?? most?.reason };
}

function measure(status) {
  agent.state = "live";
  agent.status = status;
  if (status.time === last?.time) return;
  const seconds = last ? (Date.parse(status.time) - Date.parse(last.time)) / 1000 : 0;
  // Somebody has set the clock: a curve that goes back in time is none.
  if (seconds < 0) agent.samples = { time: [], all: [], shown: [] };
  if (seconds > 0) {
    const rate = (name) => Math.max(0, status.sums[name] - last.sums[name]) / seconds;
    agent.rates = { bytes: rate("bytes"), packets: rate("packets"), opened: rate("conversations") };
    const { time, all, shown } = agent.samples;
    const now = Date.parse(status.time) / 1000;
    const old = time.filter((each) => each <= now - mostSeconds).length;
    const with_ = (points, point) => [...points.slice(old), point];
    agent.samples = {
      time: with_(time, now),
      all: with_(all, agent.rates.bytes * 8),
      shown: with_(shown, agent.kind === "flow" ? agent.flows.reduce((sum, flow) => sum + nowRateOf(flow), 0) * 8 : null),
    };
  }
  const rates = status.interfaces.map((each) => interfaceRates(each, seconds));
  agent.interfaces = rates;
  // Those alone that were told just now: one that comes back has not carried all of that in a second, and many never do.
  carried = new Map(status.interfaces.map((each, at) => [each.name, { ...each, points: rates[at].points }]));
  last = status;
}

function interfaceRates({ name, receive, transmit }, seconds) {
  const before = carried.get(name) ?? { receive, transmit, points: [] };
  const rate = (way, now) => (seconds > 0 ? Math.max(0, now.bytes - before[way].bytes) / seconds : 0);
  const rates = { receive: rate("receive", receive), transmit: rate("transmit", transmit) };
  const points = [...before.points.slice(-59), rates.receive + rates.transmit];
  return { name, ...rates, points };
}

function schedule() {
  clearTimeout(timer);
  if (!view.paused && !document.hidden && agent.state !== "locked") timer = setTimeout(() => refresh(true), interval);
}

export function pause(paused) {
  show({ paused }, { step: false });
  if (!paused) return; // App asks: the way back through the history leads here, too
  asked?.abort();
  clearTimeout(timer);
}

document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : view.paused || refresh()));
