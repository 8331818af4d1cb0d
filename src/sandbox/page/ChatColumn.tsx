/** One person's phone: who it is, the chat with the app, the input, and a page of the app on top when one is open. */
import { useMemo } from 'react';
import type { Person } from '../client.ts';
import { Avatar } from './Avatar.tsx';
import { Composer } from './Composer.tsx';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { MessageRow } from './MessageRow.tsx';
import { PhoneProvider } from './opening.tsx';
import { timeline } from './timeline.ts';
import { UnsentRow } from './UnsentRow.tsx';
import type { Desk } from './useChats.ts';
import { useStickToEnd } from './useStickToEnd.ts';
import { WebView } from './WebView.tsx';

interface ChatColumnProps {
  person: Person;
  people: ReadonlyMap<string, Person>;
  desk: Desk;
  draft: string;
  page: string | null;
  onDraft: (text: string) => void;
  onPage: (url: string | null) => void;
  /** Absent where the chat is the only thing on the screen. */
  onClose?: (() => void) | undefined;
}

export function ChatColumn({ person, people, desk, draft, page, onDraft, onPage, onClose }: ChatColumnProps) {
  const { say, locale } = useLanguage();
  const { userid, name } = person;
  const messages = desk.chats.messages[userid] ?? [];
  const unsent = desk.chats.unsent[userid] ?? [];
  const end = useStickToEnd(messages.length, unsent.length);
  const phone = useMemo(() => ({ userid, openPage: onPage }), [userid, onPage]);
  return (
    <PhoneProvider value={phone}>
      <section className="column" data-testid={`chat-${userid}`} aria-label={say('chatOf', name)}>
        <header className="column-head">
          <Avatar name={name} userid={userid} />
          <div className="column-who">
            <h2>{name}</h2>
            <p>{[person.departments[0], person.position].filter(Boolean).join(' · ')}</p>
          </div>
          {onClose && (
            <button type="button" className="icon-button" aria-label={say('closeChat', name)} onClick={onClose}>
              <Icon name="close" />
            </button>
          )}
        </header>
        <div className="log" role="log" aria-label={say('chatOf', name)} tabIndex={0} ref={end.log}>
          {messages.length === 0 && unsent.length === 0 && <p className="log-empty">{say('empty')}</p>}
          {timeline(messages, locale).map(({ message, stamp }) => (
            <MessageRow key={message.id} message={message} stamp={stamp} owner={person} people={people} desk={desk} />
          ))}
          {unsent.map((one) => (
            <UnsentRow
              key={one.localId}
              unsent={one}
              owner={person}
              onRetry={() => desk.resend(userid, one)}
              onDiscard={() => desk.discard(userid, one)}
            />
          ))}
        </div>
        {end.hasNewBelow && (
          <button type="button" className="to-end" onClick={end.scroll}>
            {say('newBelow')}
          </button>
        )}
        <Composer
          person={person}
          draft={draft}
          onDraft={onDraft}
          onSay={(text) => desk.say(userid, text)}
          onShow={(file) => desk.show(userid, file)}
        />
        {page !== null && <WebView url={page} person={person} onClose={() => onPage(null)} />}
      </section>
    </PhoneProvider>
  );
}
