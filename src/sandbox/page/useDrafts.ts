/** What stands in each person's input, kept while another person is on the screen. */
import { useCallback, useState } from 'react';

export type Drafts = Readonly<Record<string, string>>;

export function useDrafts(): [Drafts, (userid: string, text: string) => void] {
  const [drafts, setDrafts] = useState<Drafts>({});
  const draft = useCallback(
    (userid: string, text: string) => setDrafts((before) => ({ ...before, [userid]: text })),
    [],
  );
  return [drafts, draft];
}
