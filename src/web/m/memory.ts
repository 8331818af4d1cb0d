/** What was typed and not yet sent, kept on this device. A browser that forbids storage just forgets it. */
import { seat } from './seat.ts';

const PREFIX = `paidan-m-${seat ?? ''}-`;
const KEPT_MS = 14 * 86_400_000;

interface Kept {
  readonly at: number;
  readonly what: unknown;
}

const isKept = (given: unknown): given is Kept => typeof given === 'object' && given !== null && 'at' in given;

export function recall(name: string): unknown {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
    return isKept(kept) && Date.now() - kept.at < KEPT_MS ? kept.what : null;
  } catch {
    return null;
  }
}

export function remember(name: string, what: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), what } satisfies Kept));
  } catch {
    // kept in the open page only
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // nothing was kept
  }
}
