/** The organisation, loaded once; `reload` after the sandbox did not answer. */
import { useCallback, useEffect, useState } from 'react';
import type { Person } from '../client.ts';
import { loadPeople } from './api.ts';

export interface Organisation {
  readonly people: readonly Person[];
  readonly state: 'loading' | 'ready' | 'failed';
  reload: () => void;
}

export function usePeople(): Organisation {
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [state, setState] = useState<Organisation['state']>('loading');
  const reload = useCallback(() => {
    setState('loading');
    loadPeople().then(
      (loaded) => {
        setPeople(loaded);
        setState('ready');
      },
      () => setState('failed'),
    );
  }, []);
  useEffect(reload, [reload]);
  return { people, state, reload };
}
