// What the kernel dropped, as rows of the table.
import { endpoint } from "./flow.js";
import { allAbout, nameOf, printable, quoted } from "./owner.js";
import { hash } from "./text.js";
import { age, bytes, clock, count } from "./units.js";

// What a row may stand for, in the agent's words.
export const dropGroupings = ["place", "reason", "flow", "process"];

const protocols = { 1: "icmp", 6: "tcp", 17: "udp", 58: "icmpv6", 132: "sctp" };
// What is no IP has no addresses, and what stands in their place is none.
const hasEnds = ({ source, destination }) => source !== undefined && !(source.address === "::" && destination.address === "::" && destination.port === undefined);
const ends = (row) => (hasEnds(row) ? `${endpoint(row.source)} → ${endpoint(row.destination)}` : "");
const where = (row) => printable(row.place ?? "");
const device = (row) => printable(row.interface ?? "");
const space = (row) => printable(row.netns_name ?? "");
const owner = (row) => (row.process ? nameOf(row.process) : "–");

// All that is known of a process: its number alone may be another's by now.
const identity = (row) =>
  [row.reason, row.place, row.interface_index, row.netns, row.ether_type, ends(row), row.protocol, row.socket, JSON.stringify(row.process)].join("\n");

// The agent adds up from its start; how many came since the answer before is what a person asks.
export function dropRows(list, before, seconds) {
  const earlier = new Map(before.map((row) => [row.id, row.packets]));
  return list.drops.map((row) => {
    const id = hash(identity(row));
    const since = earlier.has(id) ? row.packets - earlier.get(id) : 0;
    return { ...row, id, perSecond: seconds > 0 ? Math.max(0, since) / seconds : 0 };
  });
}

export const perSecond = (value) => (value > 0 && value < 0.95 ? "< 1/s" : `${count(value)}/s`);

const columns = {
  reason: { id: "reason", title: "Reason", width: [11, 1], tip: true, text: (row) => printable(row.reason) },
  meaning: { id: "meaning", title: "What it means", width: [14, 2.4], tip: true, text: (row) => printable(row.meaning) },
  rate: { id: "rate", title: "Now", kind: "number", width: [5.6, 0], meter: (row) => row.perSecond, text: (row) => perSecond(row.perSecond) },
  trend: { id: "trend", title: "Last minute", kind: "trend", width: [5.4, 0], text: () => "" },
  packets: { id: "packets", title: "Packets", kind: "number", width: [5, 0], text: (row) => count(row.packets) },
  bytes: { id: "bytes", title: "Bytes", kind: "number", width: [5.4, 0], text: (row) => bytes(row.bytes) },
  last: { id: "last", title: "Last", kind: "number", width: [4.2, 0], text: (row, now) => age(row.last_seen, now) },
  place: { id: "place", title: "Kernel function", kind: "endpoint", width: [11, 1], tip: true, text: where },
  interface: { id: "device", title: "Interface", width: [7, 0.5], tip: true, text: device },
  space: { id: "space", title: "Namespace", width: [6.5, 0.5], tip: true, text: space },
  source: { id: "source", title: "Source", kind: "endpoint", width: [10.5, 1.2], end: (row) => (hasEnds(row) ? row.source : undefined), text: (row) => (hasEnds(row) ? endpoint(row.source) : row.ether_type ? `EtherType ${row.ether_type}` : "") },
  destination: { id: "destination", title: "Destination", kind: "endpoint", width: [10.5, 1.2], end: (row) => (hasEnds(row) ? row.destination : undefined), text: (row) => (hasEnds(row) ? endpoint(row.destination) : "") },
  process: { id: "process", title: "Process", width: [9, 1], tip: true, text: owner },
};

const order = {
  place: ["reason", "rate", "trend", "packets", "last", "place", "interface", "space", "meaning"],
  reason: ["reason", "rate", "trend", "packets", "bytes", "last", "meaning"],
  flow: ["source", "destination", "process", "reason", "rate", "trend", "packets", "last", "place", "interface"],
  process: ["process", "reason", "rate", "trend", "packets", "bytes", "last", "meaning"],
};

export const dropColumns = (by) => order[by].map((id) => columns[id]);

export const dropTitle = (row) => (hasEnds(row) ? [endpoint(row.source), endpoint(row.destination)] : [printable(row.reason)]);

// All about one of them, as the details show it.
export const dropFacts = (row, now) => [
  ["Reason", printable(row.reason)],
  ["Meaning", printable(row.meaning)],
  ["Packets", `${row.packets.toLocaleString("en")}, now ${perSecond(row.perSecond)}`],
  ["Bytes", bytes(row.bytes)],
  ["Last one", `${clock(row.last_seen)}, ${age(row.last_seen, now)} ago`],
  ["Kernel function", where(row)],
  ["Interface", device(row)],
  ["Namespace", space(row)],
  ["Flow", ends(row)],
  ["Protocol", row.protocol === undefined ? row.ether_type && `EtherType ${row.ether_type}` : protocols[row.protocol] ?? `IP protocol ${row.protocol}`],
  ["Socket of", row.process && allAbout(row)],
];

// Filters that a person reaches from one row by a click.
export function dropFilters(row) {
  const some = [];
  if (hasEnds(row)) {
    some.push({ name: "this source", filter: `host ${row.source.address}` }, { name: "this destination", filter: `host ${row.destination.address}` });
    if (row.destination.port !== undefined) some.push({ name: "this port", filter: `port ${row.destination.port}` });
  }
  if (row.process) some.push({ name: "this process", filter: `process:${quoted(row.process.name)}` });
  return some;
}
