/** What a DingTalk phone can show: the chat with the app, each group, the to-dos. */
import type { KeyboardEvent } from 'react';
import type { Person } from '../client.ts';
import { useLanguage } from './language.tsx';
import { UnreadBadge } from './PeopleList.tsx';
import { roomKey, roomOn, type Tab } from './room.ts';

interface TabsProps {
  person: Person;
  tab: Tab;
  /** id of what the chosen tab shows. */
  panel: string;
  unread: Readonly<Record<string, number>>;
  /** How many are open. */
  todos: number;
  onTab: (tab: Tab) => void;
}

export function Tabs({ person, tab, panel, unread, todos, onTab }: TabsProps) {
  const { say } = useLanguage();
  const { userid, groups } = person;
  const news = (one: Tab) => {
    const room = roomOn(userid, one);
    return room ? (unread[roomKey(room)] ?? 0) : 0;
  };
  const all: { one: Tab; words: string; name: string }[] = [
    { one: 'direct', words: say('direct'), name: 'direct' },
    ...groups.map(({ id, title }) => ({ one: { group: id }, words: title, name: id })),
    { one: 'todos', words: say('todos'), name: 'todos' },
  ];
  return (
    <div className="tabs" role="tablist" aria-label={say('tabsOf', person.name)} onKeyDown={onArrow}>
      {all.map(({ one, words, name }) => {
        const isChosen = sameTab(one, tab);
        return (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={isChosen}
            aria-controls={panel}
            tabIndex={isChosen ? 0 : -1}
            data-testid={`room-${userid}-${name}`}
            onClick={() => onTab(one)}
          >
            {words}
            {one === 'todos' && todos > 0 && <span className="tab-count">{todos}</span>}
            {!isChosen && <UnreadBadge count={news(one)} />}
          </button>
        );
      })}
    </div>
  );
}

const sameTab = (one: Tab, other: Tab): boolean =>
  typeof one === 'string' || typeof other === 'string' ? one === other : one.group === other.group;

/** Left and right go through the tabs, as everywhere. */
function onArrow({ key, currentTarget }: KeyboardEvent<HTMLDivElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (step === undefined) return;
  const tabs = [...currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  const next = tabs[(at + step + tabs.length) % tabs.length];
  next?.focus();
  next?.click();
}
