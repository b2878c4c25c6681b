// What this browser keeps for us. One that may keep nothing (all cookies blocked) throws when it is asked: then nothing is kept.
export function kept(ask) {
  try {
    return ask();
  } catch {
    return null;
  }
}
