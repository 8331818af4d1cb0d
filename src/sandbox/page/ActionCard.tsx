/** DingTalk's action card: words and buttons that only link somewhere. */
import type { Message } from '../client.ts';
import { PhoneLink } from './opening.tsx';
import { DingtalkMarkdown } from './Prose.tsx';

export function ActionCard({ card: { title, text, buttons } }: { card: NonNullable<Message['actionCard']> }) {
  return (
    <article className="card ding-card" data-card="action_card" aria-label={title}>
      <DingtalkMarkdown text={text} />
      <div className="ding-links">
        {buttons.map((button, index) => (
          <PhoneLink key={index} href={button.url}>
            {button.title}
          </PhoneLink>
        ))}
      </div>
    </article>
  );
}
