/**
 * When to try to connect again: at once after a good connection, ever later after bad ones, and never twice within
 * `everyMs`, whatever happens. The npm client made 127 attempts in 7.5 s here (reference/dingtalk.md, 4.6).
 */
import type { Clock } from '../../lib/clock.ts';

export interface PaceSettings {
  /** At least this long between two attempts. */
  readonly everyMs: number;
  /** The most that is waited after the first failure; it doubles with each further one, up to `backoffMaxMs`. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  /** After wrong credentials, about: somebody has to change something first. */
  readonly unauthorizedMs: number;
}

export interface Pace {
  /** An attempt begins. */
  began(): void;
  /** Everything is well: the next failure counts as the first. */
  well(): void;
  /** @returns ms until the next attempt, after nothing bad happened */
  soon(): number;
  /** @returns ms until the next attempt, after an attempt failed or a connection did not last */
  failed(): number;
  /** @returns ms until the next attempt, after the platform refused the credentials */
  unauthorized(): number;
  /** In a row. */
  failures(): number;
}

/** @param random 0 ≤ x < 1 */
export function makePace(settings: PaceSettings, clock: Clock, random: () => number): Pace {
  const { everyMs, backoffMs, backoffMaxMs, unauthorizedMs } = settings;
  let last: number | null = null;
  let failures = 0;
  // A clock that is put back must not hold us off for hours.
  const room = () => (last === null ? 0 : Math.min(Math.max(last + everyMs - clock(), 0), everyMs));
  return {
    began: () => void (last = clock()),
    well: () => void (failures = 0),
    soon: room,
    failed() {
      // Full jitter: replicas that lost their connections together do not come back together.
      const most = Math.min(backoffMaxMs, backoffMs * 2 ** Math.min(failures, 20));
      failures += 1;
      return Math.max(random() * most, room());
    },
    unauthorized() {
      failures += 1;
      return Math.max(unauthorizedMs * (0.5 + random()), room());
    },
    failures: () => failures,
  };
}
