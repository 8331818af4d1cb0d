/** Something of the service's, kept fresh while the page is looked at. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from './problem.ts';

export const EVERY_MS = 5_000;
const SLOWEST_MS = 60_000;

export interface Polled<T> {
  readonly data: T | null;
  /** Why there is nothing (any more); null while the connection is only interrupted. */
  readonly error: unknown;
  /** What is shown may be old: the last try did not get through. */
  readonly interrupted: boolean;
  readonly reload: () => Promise<void>;
}

/** @param load changes when something else is to be loaded; null: nothing now */
export function usePolled<T>(load: ((signal: AbortSignal) => Promise<T>) | null): Polled<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [interrupted, setInterrupted] = useState(false);
  const seen = useRef('');
  const failures = useRef(0);
  const turn = useRef(0);

  const reload = useCallback(
    async (signal: AbortSignal = new AbortController().signal) => {
      if (!load) return;
      const mine = ++turn.current;
      const isOld = () => signal.aborted || mine !== turn.current;
      try {
        const fresh = await load(signal);
        if (isOld()) return;
        const text = JSON.stringify(fresh);
        // The same again would only disturb what is open.
        if (text !== seen.current) setData(fresh);
        seen.current = text;
        failures.current = 0;
        setError(null);
        setInterrupted(false);
      } catch (failure) {
        if (isOld()) return;
        failures.current += 1;
        setInterrupted(true);
        if (seen.current === '' || problemOf(failure)?.status === 404) setError(failure);
      }
    },
    [load],
  );

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const next = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void look(), Math.min(EVERY_MS * 2 ** failures.current, SLOWEST_MS));
    };
    const look = async () => {
      if (document.visibilityState === 'visible') await reload(abort.signal);
      if (!abort.signal.aborted) next();
    };
    const onSeen = () => document.visibilityState === 'visible' && void look();
    seen.current = '';
    void look();
    document.addEventListener('visibilitychange', onSeen);
    addEventListener('online', onSeen);
    return () => {
      abort.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onSeen);
      removeEventListener('online', onSeen);
    };
  }, [reload]);

  return { data, error, interrupted, reload };
}
