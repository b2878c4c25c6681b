// A conversation in words, and the columns of the table.
import { allAbout, ownerNames, owners, printable, quoted } from "./owner.js";
import { age, bitRate, bytes, clock, count, milliseconds } from "./units.js";

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

// `sort` is the agent's word; `value` orders rows that are already here, while the page stands still. A width is the least, in rem,
// and the share of what is left over; a tip says all where a cell cannot.
export const columns = [
  { id: "source", title: "Source", kind: "endpoint", width: [10.4, 1.5], end: (flow) => flow.source, text: (flow) => endpoint(flow.source) },
  { id: "destination", title: "Destination", kind: "endpoint", width: [10.4, 1.5], end: (flow) => flow.destination, text: (flow) => endpoint(flow.destination) },
  { id: "process", title: "Processes", width: [8, 1.4], tip: owners, text: ownerNames },
  { id: "protocol", title: "Protocol", width: [4.1, 0], tip: true, text: protocol },
  { id: "state", title: "State", kind: "badge", width: [6.4, 0], tip: true, pill: (flow) => (flow.ended ? "ended" : flow.tcp?.state), text: state },
  { id: "rate", title: "Rate", kind: "number", width: [6.4, 0], sort: "rate", value: rateOf, meter: rateOf, text: (flow) => bitRate(rateOf(flow)) },
  { id: "trend", title: "Last minute", kind: "trend", width: [5.4, 0], text: () => "" },
  { id: "sent", title: "Sent", kind: "number", width: [4.8, 0], text: (flow) => bytes(flow.bytes.sent) },
  { id: "received", title: "Received", kind: "number", width: [4.8, 0], text: (flow) => bytes(flow.bytes.received) },
  { id: "bytes", title: "Bytes", kind: "number", width: [4.8, 0], sort: "bytes", value: (flow) => total(flow.bytes), text: (flow) => bytes(total(flow.bytes)) },
  { id: "packets", title: "Packets", kind: "number", width: [4.7, 0], sort: "packets", value: (flow) => total(flow.packets), text: (flow) => count(total(flow.packets)) },
  { id: "rtt", title: "RTT", kind: "number", width: [4.6, 0], sort: "rtt", value: (flow) => flow.tcp?.handshake_rtt_us ?? -1, text: (flow) => milliseconds(flow.tcp?.handshake_rtt_us) },
  { id: "first", title: "Age", kind: "number", width: [3.9, 0], sort: "first", value: (flow) => Date.parse(flow.first_seen), text: (flow, now) => age(flow.first_seen, now) },
  { id: "last", title: "Idle", kind: "number", width: [3.9, 0], sort: "last", value: (flow) => Date.parse(flow.last_seen), text: (flow, now) => age(flow.last_seen, now) },
  { id: "path", title: "Interface", width: [5, 0.6], tip: true, text: (flow) => flow.network.interfaces.map(printable).join(" → ") },
];

// The same of what several conversations have in common.
export const groupColumns = [
  { id: "name", title: "", kind: "endpoint", width: [12, 2], tip: true, text: (group) => group.name },
  { id: "talks", title: "Conversations", kind: "number", width: [8, 0], text: (group) => count(group.talks) },
  ...columns.filter(({ id }) => ["rate", "sent", "received", "bytes", "packets", "first", "last"].includes(id)).map((column) => ({ ...column, width: [column.width[0] + 1, 0.6] })),
];

export const sorts = columns.filter((column) => column.sort).map((column) => column.sort);

export function sorted(flows, word) {
  const column = columns.find(({ sort }) => sort === word);
  return column ? [...flows].sort((a, b) => column.value(b) - column.value(a)) : flows;
}

// Groups have no round trip: they stay as they are when that is what is sorted by.
export const sortedGroups = (groups, word) => (word === "rtt" ? groups : sorted(groups, word));

// All about one of them, as the details show it.
export const flowFacts = (flow, now) => [
  ["Source is", allAbout(flow.source)],
  ["The other is", allAbout(flow.destination)],
  ["Protocol", protocol(flow)],
  ["State", state(flow)],
  ["Flags", flow.tcp?.flags.join(" ")],
  ["Round trip", milliseconds(flow.tcp?.handshake_rtt_us)],
  ["ICMP", flow.icmp && `type ${flow.icmp.type}, code ${flow.icmp.code}`],
  ["Tunnel", flow.network.tunnel && `${flow.network.tunnel.type} ${flow.network.tunnel.id ?? ""} from ${flow.network.tunnel.source} to ${flow.network.tunnel.destination}`],
  ["VLAN", [flow.network.vlan, flow.network.inner_vlan].filter(Boolean).join(" in ")],
  ["Fragments", flow.network.fragment && "the first was not seen: ports unknown"],
  ["Interfaces", flow.network.interfaces.map(printable).join(" → ")],
  ["First packet", `${clock(flow.first_seen)}, ${age(flow.first_seen, now)} ago`],
  ["Last packet", `${clock(flow.last_seen)}, ${age(flow.last_seen, now)} ago`],
  ["Source known by", flow.initiator === "syn" ? "its SYN" : "the first packet seen: a guess"],
];

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
