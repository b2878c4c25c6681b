// Conversations that have something in common, summed. Each end counts for its own: sent is what the group sent.
import { home, nameOf, quoted, shortId } from "./owner.js";
import { hash } from "./text.js";

// The last three are no sums of conversations: the agent tells them itself.
export const groupings = ["", "process", "container", "host", "connection", "listener", "drops"];
export const titles = { "": "Conversations", process: "Processes", container: "Containers", host: "Hosts", connection: "Connections", listener: "Listeners", drops: "Drops" };
// What each says at a glance, and where the answer comes from.
export const hints = {
  "": "Who talks to whom", process: "Whose traffic it is", container: "Where it runs", host: "Each address, summed",
  connection: "TCP connections, the slowest first, and who is to blame", listener: "Who waits to be accepted, and who was turned away", drops: "What the kernel dropped, where and why",
};
const own = ["connection", "listener", "drops"];
export const kindOf = (grouping) => (own.includes(grouping) ? grouping : "flow");
export const isSum = (grouping) => grouping !== "" && !own.includes(grouping);

const keys = {
  process: ({ process }) => process && { name: nameOf(process), filter: `pid:${process.pid}` },
  container: ({ process }) => {
    if (!process || !home(process)) return undefined;
    const { container, unit } = process;
    return container ? { name: shortId(container), filter: `container:${quoted(container)}` } : { name: home(process), filter: `unit:${quoted(unit)}` };
  },
  host: ({ address }) => ({ name: address, filter: `host ${address}` }),
};

// What has no group at either end; an address always has one.
const nobody = { process: "not process:*", container: "not container:* and not unit:*" };

export function grouped(flows, by) {
  const groups = new Map();
  for (const flow of flows) {
    const source = keys[by](flow.source);
    const destination = keys[by](flow.destination);
    if (source || !destination) add(groups, source ?? { name: "–", filter: nobody[by] }, flow, "sent", "received");
    if (destination && destination.name !== source?.name) add(groups, destination, flow, "received", "sent");
  }
  return [...groups.values()].map(({ first, last, ...group }) => ({ ...group, first_seen: first, last_seen: last }));
}

function add(groups, { name, filter }, flow, sent, received) {
  let group = groups.get(name);
  if (!group) {
    const none = { sent: 0, received: 0 };
    group = { id: hash(name), name, filter, talks: 0, bytes: { ...none }, packets: { ...none }, first: flow.first_seen, last: flow.last_seen, rate: { bytes_per_second_10s: 0, bytes_per_second_1s: 0 } };
    groups.set(name, group);
  }
  group.talks++;
  for (const amount of ["bytes", "packets"]) {
    group[amount].sent += flow[amount][sent];
    group[amount].received += flow[amount][received];
  }
  for (const rate of Object.keys(group.rate)) group.rate[rate] += flow.rate[rate];
  if (flow.first_seen < group.first) group.first = flow.first_seen;
  if (flow.last_seen > group.last) group.last = flow.last_seen;
}
