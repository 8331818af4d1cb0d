/** A signal that ends a call after a time, or with the sandbox. */

export interface Deadline {
  readonly signal: AbortSignal;
  /** The call is over: nothing is left behind. */
  clear(): void;
}

/**
 * By hand, because Node 20 forgets a timeout inside `AbortSignal.any` as soon as garbage is collected, and then a late
 * answer counts as one in time.
 * @param closing ends it early
 */
export function makeDeadline(ms: number, closing: AbortSignal): Deadline {
  const over = new AbortController();
  const end = () => over.abort();
  const timer = setTimeout(end, ms).unref();
  closing.addEventListener('abort', end, { once: true });
  if (closing.aborted) end();
  return {
    signal: over.signal,
    clear() {
      clearTimeout(timer);
      closing.removeEventListener('abort', end);
    },
  };
}
