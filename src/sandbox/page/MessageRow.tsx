import type { Message, Person } from '../client.ts';
import { AppAvatar, Avatar } from './Avatar.tsx';
import { clickKey } from './chats.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { MessageBody } from './MessageBody.tsx';
import type { Room } from './room.ts';
import type { Desk } from './useChats.ts';

interface MessageRowProps {
  message: Message;
  /** The time to write above it; null when it is near the message before. */
  stamp: string | null;
  room: Room;
  owner: Person;
  people: ReadonlyMap<string, Person>;
  desk: Desk;
}

export function MessageRow({ message, stamp, room, owner, people, desk }: MessageRowProps) {
  const { say } = useLanguage();
  const { id, from, kind, delivery } = message;
  const { userid } = owner;
  const click = desk.chats.clicks[clickKey(userid, id)];
  const writer = from === 'other' ? people.get((message.by ?? '').toLowerCase()) : owner;
  const name = from === 'app' ? say('appName') : (writer?.name ?? message.by ?? '');
  return (
    <>
      {stamp !== null && <p className="stamp">{stamp}</p>}
      <div className={`row row-${from}`} data-testid="msg" data-kind={kind} data-id={id} data-from={from}>
        {from === 'app' ? <AppAvatar /> : <Avatar name={name} userid={writer?.userid ?? name} />}
        <div className="row-body">
          {room.group !== null && from !== 'me' ? (
            <span className="writer">{name}</span>
          ) : (
            <span className="sr-only">{name}: </span>
          )}
          <MessageBody
            message={message}
            people={people}
            click={click}
            onClick={(key, selected) => desk.press(userid, { messageId: id, key, selected })}
            onAct={(act) => desk.press(userid, { messageId: id, ...act })}
          />
          {delivery === 'sending' && <p className="fate">{say('sending')}</p>}
          {delivery === 'failed' && <RetryButton words={say('undelivered')} onRetry={() => desk.redeliver(room, id)} />}
          {click?.problem && (
            <p className="fate" role="alert">
              {click.problem}
            </p>
          )}
          {click?.failed && !click.problem && (
            <RetryButton words={say('clickLost')} onRetry={() => desk.press(userid, click.press)} />
          )}
        </div>
      </div>
    </>
  );
}

export function RetryButton({ words, onRetry }: { words: string; onRetry: () => void }) {
  return (
    <button type="button" className="fate fate-failed" data-testid="retry" onClick={onRetry}>
      <Icon name="warn" />
      {words}
    </button>
  );
}
