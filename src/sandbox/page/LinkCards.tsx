/** The two older cards that only link somewhere: textcard and news. */
import type { CardBody } from '../client.ts';
import { Icon } from './Icon.tsx';
import { Img } from './Img.tsx';
import { useLanguage } from './language.tsx';
import { PhoneLink } from './opening.tsx';

export function TextCard({ card }: { card: CardBody }) {
  const { say } = useLanguage();
  return (
    <article className="card">
      <h3 className="card-title">
        <PhoneLink className="card-link" href={card.url ?? ''}>
          {card.title}
        </PhoneLink>
      </h3>
      {describe(card.description ?? '').map(({ tone, text }, index) => (
        <p key={index} className={`textcard-${tone}`}>
          {text}
        </p>
      ))}
      <p className="card-foot">
        {card.btntxt ?? say('details')}
        <Icon name="next" />
      </p>
    </article>
  );
}

/** `<div class="gray|highlight|normal">` and `<br>` are all that a description may contain. */
function describe(description: string): { tone: string; text: string }[] {
  const parts = description.split(/(<div[^>]*>[\s\S]*?<\/div>)|<br\s*\/?>|\n/i);
  return parts.flatMap((part) => {
    const text = (part ?? '').replace(/<[^>]*>/g, '').trim();
    return text === '' ? [] : [{ tone: /class=["'](gray|highlight)["']/.exec(part ?? '')?.[1] ?? 'normal', text }];
  });
}

export function News({ card }: { card: CardBody }) {
  return (
    <article className="card card-news">
      {(card.articles ?? []).map(({ title, description, url, picurl }, index) => (
        <PhoneLink key={index} className="article" href={url ?? ''}>
          <span>
            <strong>{title}</strong>
            {description && <small>{description}</small>}
          </span>
          <Img src={picurl} alt="" />
        </PhoneLink>
      ))}
    </article>
  );
}
