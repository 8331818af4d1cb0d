/** One person's phone: who it is and on which platform, what is shown of it, and a page of the app on top when one is open. */
import { useId, useMemo } from 'react';
import type { Person } from '../client.ts';
import { Avatar } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { PhoneProvider } from './opening.tsx';
import { RoomPanel } from './RoomPanel.tsx';
import { roomKey, roomOn, type Tab } from './room.ts';
import { Tabs } from './Tabs.tsx';
import { TodoList } from './TodoList.tsx';
import type { Desk } from './useChats.ts';
import { WebView } from './WebView.tsx';

interface ChatColumnProps {
  person: Person;
  people: ReadonlyMap<string, Person>;
  desk: Desk;
  drafts: Readonly<Record<string, string>>;
  tab: Tab;
  page: string | null;
  /** @param room a key of `room.ts` */
  onDraft: (room: string, text: string) => void;
  onTab: (tab: Tab) => void;
  onPage: (url: string | null) => void;
  /** Absent where the chat is the only thing on the screen. */
  onClose?: (() => void) | undefined;
}

export function ChatColumn(props: ChatColumnProps) {
  const { person, people, desk, drafts, tab, page, onDraft, onTab, onPage } = props;
  const { say } = useLanguage();
  const { userid, name, platform } = person;
  const panelId = useId();
  const room = roomOn(userid, tab);
  const todos = desk.chats.todos[userid] ?? [];
  const phone = useMemo(() => ({ userid, platform, openPage: onPage }), [userid, platform, onPage]);
  return (
    <PhoneProvider value={phone}>
      <section
        className={`column column-${platform}`}
        data-testid={`chat-${userid}`}
        data-platform={platform}
        aria-label={say('chatOf', name)}
      >
        <ColumnHead {...props} />
        {platform === 'dingtalk' && (
          <Tabs
            person={person}
            tab={tab}
            panel={panelId}
            unread={desk.chats.unread}
            todos={todos.filter(({ done }) => !done).length}
            onTab={onTab}
          />
        )}
        {room ? (
          <RoomPanel
            key={roomKey(room)}
            id={panelId}
            room={room}
            person={person}
            people={people}
            desk={desk}
            draft={drafts[roomKey(room)] ?? ''}
            onDraft={(text) => onDraft(roomKey(room), text)}
          />
        ) : (
          <TodoList id={panelId} person={person} todos={todos} />
        )}
        {page !== null && <WebView url={page} person={person} onClose={() => onPage(null)} />}
      </section>
    </PhoneProvider>
  );
}

function ColumnHead({ person, onClose }: ChatColumnProps) {
  const { say } = useLanguage();
  const { name, userid, platform, departments, position } = person;
  return (
    <header className="column-head">
      <Avatar name={name} userid={userid} />
      <div className="column-who">
        <h2>
          {name}
          <span className={`platform platform-${platform}`}>{say(platform)}</span>
        </h2>
        <p>{[departments[0], position].filter(Boolean).join(' · ')}</p>
      </div>
      {onClose && (
        <button type="button" className="icon-button" aria-label={say('closeChat', name)} onClick={onClose}>
          <Icon name="close" />
        </button>
      )}
    </header>
  );
}
