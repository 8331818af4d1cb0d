/** What a person typed into a card's form, for as long as the form is the same. */
import { useCallback, useState } from 'react';
import { NOTHING, typedInto, withEntry, type Entries, type Entry, type Typed } from './form.ts';

/** @param form the form's JSON */
export function useTyped(form: string): [Entries, (name: string, entry: Entry) => void] {
  const [typed, setTyped] = useState<Typed>({ form, entries: NOTHING });
  const type = useCallback(
    (name: string, entry: Entry) => setTyped((before) => withEntry(form, before, name, entry)),
    [form],
  );
  return [typedInto(form, typed), type];
}
