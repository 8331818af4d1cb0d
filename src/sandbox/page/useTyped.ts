/** What a person typed into a card's form: kept while the card around it changes, dropped when the form itself does. */
import { useCallback, useState } from 'react';
import type { Entries, Entry } from './form.ts';

const NOTHING: Entries = {};

/** @param form the form's JSON: the same text is the same form */
export function useTyped(form: string): [Entries, (name: string, entry: Entry) => void] {
  const [kept, setKept] = useState({ form, entries: NOTHING });
  const type = useCallback(
    (name: string, entry: Entry) =>
      setKept((before) => ({ form, entries: { ...(before.form === form ? before.entries : NOTHING), [name]: entry } })),
    [form],
  );
  return [kept.form === form ? kept.entries : NOTHING, type];
}
