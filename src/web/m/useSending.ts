/** Sending something once: while it is on its way, and what came of it. */
import { useCallback, useRef, useState } from 'react';
import { makeOnceKey } from './onceKey.ts';
import { isFinal } from './problem.ts';

export interface Sending {
  readonly busy: boolean;
  readonly error: unknown;
  /** @returns true when it was accepted */
  readonly send: (what: (onceKey: string) => Promise<void>) => Promise<boolean>;
  readonly reset: () => void;
}

export function useSending(): Sending {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const running = useRef(false);
  // Kept over tries that got no answer: the first may have been accepted all the same.
  const key = useRef<string | null>(null);
  const send = useCallback(async (what: (onceKey: string) => Promise<void>) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(null);
    key.current ??= makeOnceKey();
    try {
      await what(key.current);
      key.current = null;
      return true;
    } catch (failure) {
      if (isFinal(failure)) key.current = null;
      setError(failure);
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, error, send, reset: useCallback(() => setError(null), []) };
}
