/** A list that is kept fresh at its top and goes on at its end. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import { usePolled } from './usePolled.ts';

interface Part<T> {
  readonly lines: readonly T[];
  /** Where the next part begins; null: this was the last. */
  readonly next: number | null;
}

export interface Pages<T> {
  /** null: not loaded yet. */
  readonly lines: readonly T[] | null;
  readonly hasMore: boolean;
  readonly error: unknown;
  readonly interrupted: boolean;
  readonly reload: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
}

/** @param load the same one at every rendering; null: nothing now */
export function usePages<T extends { readonly key: string }>(
  load: ((before: number | undefined, signal?: AbortSignal) => Promise<Part<T>>) | null,
): Pages<T> {
  const first = usePolled(useMemo(() => load && ((signal: AbortSignal) => load(undefined, signal)), [load]));
  const [further, setFurther] = useState<Part<T> | null>(null);
  useEffect(() => setFurther(null), [load]);
  const next = further ? further.next : (first.data?.next ?? null);
  const loadMore = useCallback(async () => {
    if (!load || next === null) return;
    const part = await load(next).catch(() => null);
    if (part) setFurther((last) => ({ lines: [...(last?.lines ?? []), ...part.lines], next: part.next }));
  }, [load, next]);
  const lines = useMemo(() => {
    if (!first.data) return null;
    const top = new Set(first.data.lines.map(({ key }) => key));
    return [...first.data.lines, ...(further?.lines ?? []).filter(({ key }) => !top.has(key))];
  }, [first.data, further]);
  return { lines, hasMore: next !== null, error: first.error, interrupted: first.interrupted, reload: first.reload, loadMore }; // prettier-ignore
}
