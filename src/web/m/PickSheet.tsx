/** Choosing one of many by typing a part of its name. */
import { useEffect, useState } from 'react';
import { ErrorNotice } from './Notice.tsx';
import { useReader } from './reader.tsx';
import { Sheet } from './Sheet.tsx';

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  readonly detail: string;
}
export type Search<T> = (q: string, signal: AbortSignal) => Promise<readonly Choice<T>[]>;

interface PickSheetProps<T> {
  readonly title: string;
  readonly hint: string;
  /** The same one at every rendering. */
  readonly search: Search<T>;
  readonly onPick: (choice: Choice<T>) => void;
  readonly onClose: () => void;
}

const PAUSE_MS = 250;

export function PickSheet<T extends string | number>(props: PickSheetProps<T>) {
  const { title, hint, search, onPick, onClose } = props;
  const { say } = useReader();
  const [q, setQ] = useState('');
  const found = useSearch(search, q);
  return (
    <Sheet title={title} onClose={onClose} name="pick">
      <input
        type="search"
        className="search"
        data-testid="search"
        aria-label={hint}
        placeholder={hint}
        value={q}
        autoFocus
        autoComplete="off"
        onChange={(event) => setQ(event.target.value)}
      />
      <ErrorNotice error={found.error} />
      <ul className="picks" aria-busy={found.choices === null}>
        {found.choices?.map((choice) => (
          <li key={choice.value}>
            <button type="button" data-testid={`pick-${choice.value}`} onClick={() => onPick(choice)}>
              <span>{choice.name}</span>
              <small>{choice.detail}</small>
            </button>
          </li>
        ))}
      </ul>
      <p className="quiet" role="status">
        {found.choices === null && !found.error ? say('searching') : found.choices?.length === 0 ? say('nobody') : ''}
      </p>
    </Sheet>
  );
}

function useSearch<T>(search: Search<T>, q: string) {
  const [found, setFound] = useState<{ choices: readonly Choice<T>[] | null; error: unknown }>(NOTHING);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(
      () => {
        search(q.trim(), abort.signal).then(
          (choices) => void (abort.signal.aborted || setFound({ choices, error: null })),
          (error: unknown) => void (abort.signal.aborted || setFound({ choices: null, error })),
        );
      },
      q ? PAUSE_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [search, q]);
  return found;
}

const NOTHING = { choices: null, error: null };
