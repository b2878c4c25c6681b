// TCP connections as rows of the table: what the agent tells of them, and where a click on one leads.
import { endpoint } from "./flow.js";
import { nameOf, printable } from "./owner.js";
import { bytes, count, milliseconds } from "./units.js";

const none = { bytes_per_second_1s: 0, bytes_per_second_10s: 0 };
const of = ({ address, port }) => `host ${address} and port ${port}`;

// Both ends of one connection may be here: the role tells them apart.
export const rowOf = (connection) => ({
  ...connection,
  id: `${connection.cookie}`,
  rate: none,
  filter: `tcp and ${of(connection.local)} and ${of(connection.remote)}`,
});

const process = ({ local }) => (local.process ? nameOf(local.process) + (local.processes ? `+${local.processes.length - 1}` : "") : "–");

export const connectionColumns = [
  { id: "local", title: "Local", kind: "endpoint", text: (row) => `${endpoint(row.local)} ${row.role === "server" ? "←" : "→"}` },
  { id: "remote", title: "Remote", kind: "endpoint", text: (row) => endpoint(row.remote) },
  { id: "process", title: "Process", text: process },
  { id: "state", title: "State", text: (row) => (row.ended ?? row.state).replaceAll("_", " ") },
  { id: "rtt", title: "RTT", kind: "number", sort: "rtt", text: (row) => milliseconds(row.rtt.smoothed_us) },
  { id: "connect", title: "Connect", kind: "number", text: (row) => milliseconds(row.connect_us) },
  { id: "again", title: "Sent again", kind: "number", sort: "retransmits", text: (row) => (row.retransmits.total ? count(row.retransmits.total) : "") },
  { id: "bytes", title: "Sent", kind: "number", sort: "bytes", text: (row) => bytes(row.bytes.sent) },
  { id: "received", title: "Received", kind: "number", text: (row) => bytes(row.bytes.received) },
  { id: "verdict", title: "Verdict", sort: "slow", text: (row) => (row.verdict ? printable(row.verdict.text) : "") },
];

export const connectionSorts = connectionColumns.filter((column) => column.sort).map((column) => column.sort);
