import type { Message, Person } from '../client.ts';
import { AppAvatar, Avatar } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { MessageBody } from './MessageBody.tsx';
import type { Desk } from './useChats.ts';

interface MessageRowProps {
  message: Message;
  /** The time to write above it; null when it is near the message before. */
  stamp: string | null;
  owner: Person;
  people: ReadonlyMap<string, Person>;
  desk: Desk;
}

export function MessageRow({ message, stamp, owner, people, desk }: MessageRowProps) {
  const { say } = useLanguage();
  const { id, from, kind, delivery } = message;
  const click = desk.chats.clicks[id];
  return (
    <>
      {stamp !== null && <p className="stamp">{stamp}</p>}
      <div className={`row row-${from}`} data-testid="msg" data-kind={kind} data-id={id} data-from={from}>
        {from === 'app' ? <AppAvatar /> : <Avatar name={owner.name} userid={owner.userid} />}
        <div className="row-body">
          <span className="sr-only">{from === 'app' ? say('appName') : owner.name}: </span>
          <MessageBody
            message={message}
            people={people}
            click={click}
            onClick={(key, selected) => desk.click(owner.userid, { messageId: id, key, selected })}
          />
          {delivery === 'sending' && <p className="fate">{say('sending')}</p>}
          {delivery === 'failed' && (
            <RetryButton words={say('undelivered')} onRetry={() => desk.redeliver(owner.userid, id)} />
          )}
          {click?.problem && (
            <p className="fate" role="alert">
              {click.problem}
            </p>
          )}
          {click?.failed && !click.problem && (
            <RetryButton words={say('clickLost')} onRetry={() => desk.click(owner.userid, withoutFate(click))} />
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

const withoutFate = ({ messageId, key, selected }: NonNullable<Desk['chats']['clicks'][string]>) => ({
  messageId,
  key,
  ...(selected && { selected }),
});
