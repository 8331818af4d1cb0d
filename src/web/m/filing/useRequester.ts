/** For whom a form is filled in, and the form as it is for them. Whoever can't be is told, and the one before stays. */
import { useCallback, useRef, useState } from 'react';
import type { Answer } from '../../../http/contract/routes.ts';
import { call } from '../api.ts';

export interface Requester {
  readonly id: number;
  readonly name: string;
}
type TemplateForm = Answer<'templateForm'>;

export function useRequester(key: string) {
  const [chosen, setChosen] = useState<{ readonly who: Requester; readonly data: TemplateForm } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const last = useRef(0);
  const pick = useCallback(
    async (id: number, name: string) => {
      const turn = (last.current += 1);
      setBusy(true);
      setError(null);
      try {
        const data = await call('templateForm', { params: { key }, query: { requester: id } });
        if (turn === last.current) setChosen({ who: { id, name }, data });
      } catch (problem) {
        if (turn === last.current) setError(problem);
      } finally {
        if (turn === last.current) setBusy(false);
      }
    },
    [key],
  );
  return { chosen, error, busy, pick };
}
