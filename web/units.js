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
export const clock = (time) => new Date(time).toLocaleTimeString();
