/** When a failed delivery is tried again: promise 4 of `reliability.md`. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Before the 2nd, 3rd, … try; about 18 hours in all. */
export const RETRY_MS = [
  0,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
];

/**
 * @param tries   how often it was tried, from 1
 * @param random  0 ≤ random < 1: spreads retries by ±20 %, so that an outage doesn't end in a stampede
 * @param waitMs  what the platform asked for; never sooner than this
 * @returns       epoch ms; null when it was tried often enough
 */
export function retryAt(tries: number, now: number, random: number, waitMs = 0): number | null {
  const pause = RETRY_MS[tries - 1];
  if (pause === undefined) return null;
  return now + Math.max(waitMs, Math.round(pause * (0.8 + 0.4 * random)));
}
