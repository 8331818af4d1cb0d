/** Chance from a printed seed, so that a run that failed can be tried again. */
export interface Chance {
  /** 0 ≤ x < 1 */
  next(): number;
  between(low: number, high: number): number;
  pick<T>(of: readonly [T, ...T[]]): T;
  yes(probability: number): boolean;
}

/** mulberry32: small, and the same everywhere. */
export function makeChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    pick: <T>(of: readonly [T, ...T[]]) => of[Math.floor(next() * of.length)] ?? of[0],
    yes: (probability) => next() < probability,
  };
}
