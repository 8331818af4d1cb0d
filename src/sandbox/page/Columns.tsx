/** The phones beside each other, each with its own page of the app on top when one is open. */
import { useMemo, useState } from 'react';
import type { Person } from '../client.ts';
import { ChatColumn } from './ChatColumn.tsx';
import type { Desk } from './useChats.ts';

interface ColumnsProps {
  people: readonly Person[];
  watched: readonly string[];
  desk: Desk;
  drafts: Readonly<Record<string, string>>;
  onDraft: (userid: string, text: string) => void;
  onClose: ((userid: string) => void) | undefined;
}

export function Columns({ people, watched, desk, drafts, onDraft, onClose }: ColumnsProps) {
  const [pages, setPages] = useState<Readonly<Record<string, string | null>>>({});
  const byKey = useMemo(() => new Map(people.map((person) => [person.userid.toLowerCase(), person])), [people]);
  return (
    <div className="columns">
      {watched.map((userid) => {
        const person = byKey.get(userid.toLowerCase());
        if (!person) return null;
        return (
          <ChatColumn
            key={userid}
            person={person}
            people={byKey}
            desk={desk}
            draft={drafts[userid] ?? ''}
            page={pages[userid] ?? null}
            onDraft={(text) => onDraft(userid, text)}
            onPage={(url) => setPages((before) => ({ ...before, [userid]: url }))}
            onClose={onClose && (() => onClose(userid))}
          />
        );
      })}
    </div>
  );
}
