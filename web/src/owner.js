// Whose an end is, in words. Names are as the processes chose them: what could steer or hide is escaped, as in the terminal.
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\u00a0\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u202f\u205f\u2800\u3000\u3164\ufe00-\ufe0f\uffa0]/gu;

export function printable(text) {
  return text.replace(hidden, (one) => {
    const code = one.codePointAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u{${code}}`;
  });
}

export const shortId = (id) => printable(id.slice(0, 12));
export const home = (process) => (process.container ? shortId(process.container) : printable(process.unit ?? ""));
export const nameOf = (process) => `${printable(process.name)}[${process.pid}]`;

const more = ({ processes }) => (processes ? `+${processes.length - 1}` : "");
const end = (one, name) => (one.process ? name(one.process) + more(one) : "–");
const both = (flow, name) => (flow.source.process || flow.destination.process ? `${end(flow.source, name)} → ${end(flow.destination, name)}` : "");

// Both ends; nothing where neither is known. A column has room for the names alone.
export const owners = (flow) => both(flow, nameOf);
export const ownerNames = (flow) => both(flow, ({ name }) => printable(name));

function about(process) {
  const { executable, uid, container, unit } = process;
  return [nameOf(process), executable && printable(executable), `uid ${uid}`, container && `container ${shortId(container)}`, unit && printable(unit)]
    .filter(Boolean)
    .join(", ");
}

export const allAbout = ({ process, processes }) => (processes ?? (process ? [process] : [])).map(about).join("; ");

// A name as the filter language takes it; what its quotes cannot hold may be any character.
export const quoted = (text) => `"${text.replace(/["\p{Cc}]/gu, "?")}"`;
