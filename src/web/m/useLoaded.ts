/** Something of the service's, loaded once. */
import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  readonly data: T | null;
  readonly error: unknown;
  readonly reload: () => void;
}

/** @param load changes when something else is to be loaded */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isOld = false;
    setError(null);
    load().then(
      (fresh) => void (isOld || setData(fresh)),
      (failure: unknown) => void (isOld || setError(failure)),
    );
    return () => {
      isOld = true;
    };
  }, [load, turn]);
  return { data, error, reload: useCallback(() => setTurn((last) => last + 1), []) };
}
