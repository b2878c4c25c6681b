// The last minute of each row, one point for each answer that this page saw.
const length = 60;
const seen = new Map();
let round = 0;

// Adds a point to each of these; forgets those that have been away for a minute.
export function remember(flows, rateOf) {
  round++;
  for (const flow of flows) {
    const before = seen.get(flow.id) ?? { points: [], round: round - 1 };
    const missed = new Array(Math.min(round - before.round - 1, length)).fill(0);
    // A new array each time: that is how a line that is drawn hears of it.
    seen.set(flow.id, { points: [...before.points, ...missed, rateOf(flow)].slice(-length), round });
  }
  for (const [id, trend] of seen) {
    if (round - trend.round > length) seen.delete(id);
  }
}

// What comes is of another kind, or much later.
export const forgetTrends = () => seen.clear();

export const trendOf = (id) => seen.get(id)?.points ?? [];

// An SVG path over the points, the newest at the right edge, as high as the greatest of them.
export function path(points, width, height, closed) {
  if (points.length < 2) return "";
  const top = Math.max(...points, 1);
  const step = width / (length - 1);
  const left = width - (points.length - 1) * step;
  const line = points.map((value, at) => `${(left + at * step).toFixed(1)} ${(height - 1 - (value / top) * (height - 2)).toFixed(1)}`).join("L");
  return closed ? `M${left.toFixed(1)} ${height}L${line}L${width} ${height}Z` : `M${line}`;
}
