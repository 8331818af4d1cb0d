/** Who is shown: the address says it, and says it again whenever it changes. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { Person } from '../client.ts';
import { hashOf, MOST_SHOWN, peopleInHash, withPerson } from './address.ts';
import { castOf } from './cast.ts';

const PHONE = '(max-width: 719px)';
/** Pixels beside the columns, and for one with its gap at its narrowest (`style/`). */
const BESIDE = 282;
const COLUMN = 324;

export interface Shown {
  readonly shown: readonly string[];
  /** The one on the screen of a phone. */
  readonly current: string | null;
  open: (userid: string) => void;
  /** These and nobody else, the first on the screen of a phone. */
  openOnly: (userids: readonly string[]) => void;
  close: (userid: string) => void;
}

export function useShown(people: readonly Person[]): Shown {
  const [shown, setShown] = useState<readonly string[]>([]);
  const [current, setCurrent] = useState<string | null>(null);

  useEffect(() => {
    if (people.length === 0) return undefined;
    const read = () => {
      const asked = peopleInHash(location.hash, people);
      const next = asked.length > 0 ? asked : location.hash === '' ? newcomers(people) : [];
      setShown(next);
      setCurrent((before) => (before !== null && next.includes(before) ? before : (next[0] ?? null)));
    };
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [people]);

  const show = useCallback((next: readonly string[], now: string | null) => {
    setShown(next);
    setCurrent(now);
    history.replaceState(null, '', hashOf(next));
  }, []);
  const open = useCallback((userid: string) => show(withPerson(shown, userid), userid), [shown, show]);
  const openOnly = useCallback((userids: readonly string[]) => show(userids, userids[0] ?? null), [show]);
  const close = useCallback(
    (userid: string) => {
      const next = shown.filter((one) => one !== userid);
      show(next, current === userid ? (next[0] ?? null) : current);
    },
    [shown, current, show],
  );
  return { shown, current, open, openOnly, close };
}

/** With nobody in the address, the ones of the guide, as many as fit beside each other. */
function newcomers(people: readonly Person[]): string[] {
  const cast = castOf(people);
  if (!cast) return [];
  const fit = isPhone() ? MOST_SHOWN : Math.max(1, Math.floor((window.innerWidth - BESIDE) / COLUMN));
  return [...new Set([cast.requester, cast.engineer, cast.supervisor].map(({ userid }) => userid))].slice(0, fit);
}

const isPhone = (): boolean => window.matchMedia(PHONE).matches;

export function useIsPhone(): boolean {
  return useSyncExternalStore((changed) => {
    const media = window.matchMedia(PHONE);
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  }, isPhone);
}
