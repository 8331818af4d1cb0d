/**
 * What was just looked up, for a few seconds: a page that makes ten calls costs one query. A session that was revoked in
 * another process is accepted for as long.
 */
import type { Clock } from '../lib/clock.ts';

const RECENT_MS = 5_000;

export interface Recent<T> {
  /** `null` is remembered too, so guessing costs the guesser, not the database. */
  of(key: string, look: () => Promise<T>): Promise<T>;
  forget(key: string): void;
  forgetAll(): void;
}

export function makeRecent<T>(clock: Clock, most = 10_000): Recent<T> {
  const kept = new Map<string, { until: number; value: Promise<T> }>();
  return {
    of(key, look) {
      const now = clock();
      const found = kept.get(key);
      if (found && found.until > now) return found.value;
      const value = look();
      kept.delete(key);
      kept.set(key, { until: now + RECENT_MS, value });
      value.catch(() => kept.delete(key));
      // The oldest stands first: a Map keeps the order of insertion.
      for (const [old, { until }] of kept) {
        if (until > now && kept.size <= most) break;
        kept.delete(old);
      }
      return value;
    },
    forget: (key) => void kept.delete(key),
    forgetAll: () => kept.clear(),
  };
}
