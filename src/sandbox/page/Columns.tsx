/** The phones beside each other, each with its own page of the app on top when one is open. */
import { useMemo, useState } from 'react';
import type { Person } from '../client.ts';
import { ChatColumn } from './ChatColumn.tsx';
import type { Tab } from './room.ts';
import type { Desk } from './useChats.ts';

interface ColumnsProps {
  people: readonly Person[];
  watched: readonly string[];
  desk: Desk;
  /** By room. */
  drafts: Readonly<Record<string, string>>;
  tabOf: (userid: string) => Tab;
  onDraft: (room: string, text: string) => void;
  onTab: (userid: string, tab: Tab) => void;
  onClose: ((userid: string) => void) | undefined;
}

export function Columns({ people, watched, desk, drafts, tabOf, onDraft, onTab, onClose }: ColumnsProps) {
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
            drafts={drafts}
            tab={tabOf(userid)}
            page={pages[userid] ?? null}
            onDraft={onDraft}
            onTab={(tab) => onTab(userid, tab)}
            onPage={(url) => setPages((before) => ({ ...before, [userid]: url }))}
            onClose={onClose && (() => onClose(userid))}
          />
        );
      })}
    </div>
  );
}
