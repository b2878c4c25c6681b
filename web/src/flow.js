// A conversation in words, and the columns of the table.
import { owners, printable, quoted } from "./owner.js";
import { age, bitRate, bytes, count, milliseconds } from "./units.js";

export const host = (address) => (address.includes(":") ? `[${address}]` : address);
export const endpoint = ({ address, port }) => (port === undefined ? address : `${host(address)}:${port}`);
export const total = ({ sent, received }) => sent + received;
export const rateOf = (flow) => flow.rate.bytes_per_second_10s;
export const nowRateOf = (flow) => flow.rate.bytes_per_second_1s;

export function protocol(flow) {
  const { transport, tunnel } = flow.network;
  return tunnel ? `${transport} in ${tunnel.type}` : transport;
}

export const state = (flow) => (flow.ended ? `ended: ${flow.ended}` : flow.tcp?.state.replace("_", " ") ?? "");

// `sort` is the agent's word; `value` orders rows that are already here, while the page stands still.
export const columns = [
  { id: "source", title: "Source", kind: "endpoint", text: (flow) => endpoint(flow.source) },
  { id: "destination", title: "Destination", kind: "endpoint", text: (flow) => endpoint(flow.destination) },
  { id: "process", title: "Processes", text: owners },
  { id: "protocol", title: "Protocol", text: protocol },
  { id: "state", title: "State", text: state },
  { id: "rate", title: "Rate", kind: "number", sort: "rate", value: rateOf, text: (flow) => bitRate(rateOf(flow)) },
  { id: "trend", title: "Last minute", kind: "trend", text: () => "" },
  { id: "sent", title: "Sent", kind: "number", text: (flow) => bytes(flow.bytes.sent) },
  { id: "received", title: "Received", kind: "number", text: (flow) => bytes(flow.bytes.received) },
  { id: "bytes", title: "Bytes", kind: "number", sort: "bytes", value: (flow) => total(flow.bytes), text: (flow) => bytes(total(flow.bytes)) },
  { id: "packets", title: "Packets", kind: "number", sort: "packets", value: (flow) => total(flow.packets), text: (flow) => count(total(flow.packets)) },
  { id: "rtt", title: "RTT", kind: "number", sort: "rtt", value: (flow) => flow.tcp?.handshake_rtt_us ?? -1, text: (flow) => milliseconds(flow.tcp?.handshake_rtt_us) },
  { id: "first", title: "Age", kind: "number", sort: "first", value: (flow) => Date.parse(flow.first_seen), text: (flow, now) => age(flow.first_seen, now) },
  { id: "last", title: "Idle", kind: "number", sort: "last", value: (flow) => Date.parse(flow.last_seen), text: (flow, now) => age(flow.last_seen, now) },
  { id: "interfaces", title: "Interfaces", text: (flow) => flow.network.interfaces.map(printable).join(" → ") },
];

// The same of what several conversations have in common.
export const groupColumns = [
  { id: "name", title: "", kind: "endpoint", text: (group) => group.name },
  { id: "talks", title: "Conversations", kind: "number", text: (group) => count(group.talks) },
  ...columns.filter(({ id }) => ["rate", "sent", "received", "bytes", "packets", "first", "last"].includes(id)),
];

export const sorts = columns.filter((column) => column.sort).map((column) => column.sort);

export function sorted(flows, word) {
  const column = columns.find(({ sort }) => sort === word);
  return column ? [...flows].sort((a, b) => column.value(b) - column.value(a)) : flows;
}

// Groups have no round trip: they stay as they are when that is what is sorted by.
export const sortedGroups = (groups, word) => (word === "rtt" ? groups : sorted(groups, word));

// Filters that a person reaches from one conversation by a click.
export function filtersOf(flow) {
  const of = (name, filter) => ({ name, filter });
  const ends = `host ${flow.source.address} and host ${flow.destination.address}`;
  const some = [
    of("this source", `host ${flow.source.address}`),
    of("this destination", `host ${flow.destination.address}`),
    of("between these two", ends),
  ];
  for (const [name, { process }] of [["its process", flow.source], ["the other process", flow.destination]]) {
    if (process) some.push(of(name, `process:${quoted(process.name)}`));
  }
  if (flow.destination.port !== undefined) some.push(of("this service", `${flow.network.transport} port ${flow.destination.port}`));
  return flow.network.transport === "arp" ? [of("all ARP", "arp")] : some;
}
