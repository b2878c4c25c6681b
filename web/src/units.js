// Numbers as a person reads them at a glance; the same as in the terminal (src/Rheo/Terminal/Units.cs).
const digits = (value) => value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0);

function scale(value, step, units) {
  let unit = 0;
  while (value >= step - 0.5 && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  return [unit === 0 ? value.toFixed(0) : digits(value), units[unit]];
}

const decimal = ["", "k", "M", "G", "T", "P", "E"];

export const bytes = (value) => scale(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]).join(" ");
export const count = (value) => scale(value, 1000, decimal).join("");
export const bitRate = (bytesPerSecond) => scale(bytesPerSecond * 8, 1000, decimal).join(" ") + "bit/s";
export const milliseconds = (us) => (us === undefined ? "" : `${digits(us / 1000)} ms`);
export const clock = (time) => new Date(time).toLocaleTimeString([], { hour12: false });

// Short, for an axis: 1.5G.
export function bits(value) {
  const [number, unit] = scale(value, 1000, decimal);
  return number.replace(/\.?0+$/, (zeros) => (number.includes(".") ? "" : zeros)) + unit;
}

// How long ago, by the agent's clock and not by the browser's.
export function age(since, now) {
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(since)) / 1000);
  if (seconds < 60) return `${seconds.toFixed(0)} s`;
  if (seconds < 3600) return `${(seconds / 60).toFixed(0)} min`;
  if (seconds < 86400) return `${(seconds / 3600).toFixed(1)} h`;
  return `${(seconds / 86400).toFixed(1)} d`;
}
