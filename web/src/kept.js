// What this browser keeps for us. One that may keep nothing (all cookies blocked), or no more now, throws when it is asked: then nothing is kept.
export function kept(ask) {
  try {
    return ask();
  } catch {
    return null;
  }
}
