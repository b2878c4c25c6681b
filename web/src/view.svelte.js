// What is looked at, and nothing else, stands in the page's address: a view can be bookmarked, sent, and gone back to.
import { connectionSorts } from "./connections.js";
import { dropGroupings } from "./drops.js";
import { sorts } from "./flow.js";
import { groupings } from "./groups.js";
import { kept } from "./kept.js";

const defaults = { filter: "", sort: "rate", group: "", by: "place", interface: "", selected: "", limit: "200", paused: false };
export const limits = ["50", "200", "1000", "5000"];

function read() {
  const words = new URLSearchParams(location.search);
  const word = (name) => words.get(name) ?? defaults[name];
  return {
    filter: word("filter"),
    sort: [...sorts, ...connectionSorts].includes(word("sort")) ? word("sort") : defaults.sort,
    group: groupings.includes(word("group")) ? word("group") : defaults.group,
    by: dropGroupings.includes(word("by")) ? word("by") : defaults.by,
    interface: word("interface"),
    selected: word("selected"),
    limit: limits.includes(word("limit")) ? word("limit") : defaults.limit,
    paused: words.get("paused") === "1",
  };
}

export const view = $state(read());

// The address of the view as it is, or as a change would make it.
export function address(change = {}) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...view, ...change })) {
    if (value !== defaults[name]) words.set(name, value === true ? "1" : value);
  }
  const query = words.toString();
  return query ? `?${query}` : location.pathname;
}

// A step that a person would want to go back over is an entry of its own in the history; a moving cursor is not.
export function show(change, { step = true } = {}) {
  const before = address();
  Object.assign(view, change);
  const after = address();
  if (after === before) return;
  // Safari throws after a hundred in some seconds, which a held arrow makes.
  kept(() => history[step ? "pushState" : "replaceState"](null, "", after));
}

addEventListener("popstate", () => Object.assign(view, read()));
