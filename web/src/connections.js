// TCP connections and listeners as rows of the table: what the agent tells of them, and where each leads.
import { endpoint } from "./flow.js";
import { allAbout, nameOf, printable } from "./owner.js";
import { hash } from "./text.js";
import { age, bitRate, bytes, clock, count, milliseconds } from "./units.js";

const of = ({ address, port }) => `host ${address} and port ${port}`;
const isAny = (address) => address === "0.0.0.0" || address === "::";

// One socket may connect again, after it was refused: its cookie is the same, and when it was opened is not.
export const connectionRow = (connection) => ({
  ...connection,
  id: hash(`${connection.cookie} ${connection.opened}`),
  filter: `tcp and ${of(connection.local)} and ${of(connection.remote)}`,
});

export const listenerRow = (listener) => {
  const { address, port } = listener.local;
  return { ...listener, id: `${listener.cookie}`, filter: isAny(address) ? `tcp port ${port}` : `tcp and ${of(listener.local)}` };
};

// Those that turned somebody away first, then those with somebody waiting.
export const busiestFirst = (listeners) =>
  [...listeners].sort((a, b) => b.queue.drops - a.queue.drops || b.queue.length - a.queue.length);

const process = ({ local }) => (local.process ? nameOf(local.process) + (local.processes ? `+${local.processes.length - 1}` : "") : "–");
const arrow = ({ role }) => (role === "server" ? " ←" : " →");
const state = (row) => (row.ended ?? row.state).replaceAll("_", " ");
const some = (value) => (value ? count(value) : "");

export const connectionColumns = [
  { id: "local", title: "Local", kind: "endpoint", width: [11.5, 1.3], end: (row) => row.local, after: arrow, text: (row) => endpoint(row.local) + arrow(row) },
  { id: "remote", title: "Remote", kind: "endpoint", width: [11, 1.2], end: (row) => row.remote, text: (row) => endpoint(row.remote) },
  { id: "process", title: "Process", width: [8, 1], tip: true, text: process },
  { id: "state", title: "State", kind: "badge", width: [7.4, 0], pill: (row) => (row.ended ? "ended" : row.state), text: state },
  { id: "rtt", title: "RTT", kind: "number", width: [5, 0], sort: "rtt", text: (row) => milliseconds(row.rtt.smoothed_us) },
  { id: "connect", title: "Connect", kind: "number", width: [5, 0], text: (row) => milliseconds(row.connect_us) },
  { id: "again", title: "Resent", kind: "number", width: [4.8, 0], sort: "retransmits", text: (row) => some(row.retransmits.total) },
  { id: "bytes", title: "Sent", kind: "number", width: [5, 0], sort: "bytes", text: (row) => bytes(row.bytes.sent) },
  { id: "received", title: "Received", kind: "number", width: [5.2, 0], text: (row) => bytes(row.bytes.received) },
  { id: "verdict", title: "Verdict", width: [14, 2], tip: true, sort: "slow", text: (row) => (row.verdict ? printable(row.verdict.text) : "") },
];

export const listenerColumns = [
  { id: "local", title: "Listens at", kind: "endpoint", width: [12, 1.4], end: (row) => row.local, text: (row) => endpoint(row.local) },
  { id: "process", title: "Process", width: [9, 1.2], tip: true, text: process },
  { id: "waiting", title: "Waiting to be accepted", kind: "number", width: [10, 0], text: ({ queue }) => `${count(queue.length)} of ${count(queue.limit)}` },
  { id: "half", title: "Half open", kind: "number", width: [6, 0], text: ({ queue }) => some(queue.half_open) },
  { id: "refused", title: "Turned away", kind: "number", width: [7, 0], text: ({ queue }) => some(queue.drops) },
  { id: "again", title: "SYN-ACKs resent", kind: "number", width: [8, 0], text: ({ queue }) => some(queue.syn_ack_retransmits) },
  { id: "netns", title: "Namespace", kind: "number", width: [7, 0], text: (row) => `${row.netns}` },
];

export const connectionSorts = connectionColumns.filter((column) => column.sort).map((column) => column.sort);

const causes = { timeout: "after a time-out", fast: "fast", probe: "tail probes", syn: "SYN", syn_ack: "SYN-ACK" };
const parts = (pairs) => pairs.filter(([, value]) => value).map(([name, value]) => `${name} ${value}`).join(", ");
const spent = (us) => (us ? milliseconds(us) : "");

function resent({ retransmits }) {
  const by = Object.entries(causes).filter(([cause]) => retransmits[cause]).map(([cause, word]) => `${count(retransmits[cause])} ${word}`);
  return retransmits.total ? `${count(retransmits.total)} segments: ${by.join(", ")}` : "";
}

// All about one of them, as the details show it.
export const connectionFacts = (row, now) => [
  ["Verdict", row.verdict && printable(row.verdict.text)],
  ["Process", allAbout(row.local)],
  ["The other is", allAbout(row.remote)],
  ["Role", row.role],
  ["State", state(row) + (row.state_since ? `, for ${age(row.state_since, now)}` : "")],
  ["Opened", row.opened && `${clock(row.opened)}, ${age(row.opened, now)} ago`],
  ["Connect took", milliseconds(row.connect_us)],
  ["Round trip", parts([["now", milliseconds(row.rtt.smoothed_us)], ["median", milliseconds(row.rtt.median_us)], ["least", milliseconds(row.rtt.least_us)], ["±", milliseconds(row.rtt.variance_us)]])],
  ["Time-out", milliseconds(row.rtt.timeout_us)],
  ["Delivery", row.delivery_rate ? bitRate(row.delivery_rate) : ""],
  ["Congestion", `${row.cwnd} segments of ${row.mss} bytes`],
  ["Sent again", resent(row)],
  ["Out of order", some(row.segments.out_of_order)],
  ["Came twice", some(row.segments.duplicates)],
  ["Duplicate ACKs", some(row.segments.duplicate_acks)],
  ["Sent", `${bytes(row.bytes.sent)}, ${bytes(row.bytes.acked)} acknowledged`],
  ["Received", bytes(row.bytes.received)],
  ["Queues", parts([["unread", row.queue.unread && bytes(row.queue.unread)], ["unsent", row.queue.unsent && bytes(row.queue.unsent)], ["unacknowledged", row.queue.unacked && bytes(row.queue.unacked)]])],
  ["Window shut", parts([["theirs", spent(row.window.send_closed_us)], ["ours", spent(row.window.receive_closed_us)]])],
  ["Held up", parts([["by the receiver", spent(row.limited_us.receiver)], ["by the send buffer", spent(row.limited_us.buffer)]])],
  ["Resets", parts([["sent", row.resets.sent], ["received", row.resets.received]])],
  ["Namespace", `${row.netns}`],
];
