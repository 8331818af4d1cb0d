/** One chat: its messages and the input. */
import type { Person } from '../client.ts';
import { Composer } from './Composer.tsx';
import { useLanguage } from './language.tsx';
import { MessageRow } from './MessageRow.tsx';
import { roomKey, type Room } from './room.ts';
import { timeline } from './timeline.ts';
import { UnsentRow } from './UnsentRow.tsx';
import type { Desk } from './useChats.ts';
import { useStickToEnd } from './useStickToEnd.ts';

interface RoomPanelProps {
  id: string;
  room: Room;
  person: Person;
  people: ReadonlyMap<string, Person>;
  desk: Desk;
  draft: string;
  onDraft: (text: string) => void;
}

export function RoomPanel({ id, room, person, people, desk, draft, onDraft }: RoomPanelProps) {
  const { say, locale } = useLanguage();
  const key = roomKey(room);
  const messages = desk.chats.messages[key] ?? [];
  const unsent = desk.chats.unsent[key] ?? [];
  const end = useStickToEnd(messages.length, unsent.length);
  const group = person.groups.find((one) => one.id === room.group);
  const name = group ? say('groupAs', group.title, person.name) : say('chatOf', person.name);
  return (
    <>
      <div className="log" id={id} role="log" aria-label={name} tabIndex={0} ref={end.log}>
        {messages.length === 0 && unsent.length === 0 && (
          <p className="log-empty">{group ? say('emptyGroup') : say('empty')}</p>
        )}
        {timeline(messages, locale).map(({ message, stamp }) => (
          <MessageRow
            key={message.id}
            message={message}
            stamp={stamp}
            room={room}
            owner={person}
            people={people}
            desk={desk}
          />
        ))}
        {unsent.map((one) => (
          <UnsentRow
            key={one.localId}
            unsent={one}
            owner={person}
            onRetry={() => desk.resend(room, one)}
            onDiscard={() => desk.discard(room, one)}
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
        isGroup={group !== undefined}
        draft={draft}
        onDraft={onDraft}
        onSay={(text, mention) => desk.say(room, text, mention)}
        onShow={(file) => desk.show(room, file)}
        onGive={person.platform === 'dingtalk' && !group ? (file) => desk.give(room, file) : undefined}
      />
    </>
  );
}
