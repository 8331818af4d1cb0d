/** DingTalk's interactive card as the template lays it out (templates/dingtalk/README.md), for one person. */
import { useId, useMemo } from 'react';
import type { InteractiveCard as Card, InteractiveClick, Message } from '../client.ts';
import { CardForm } from './CardForm.tsx';
import type { Click } from './chats.ts';
import { Icon } from './Icon.tsx';
import { cardView, type CardButton, type CardView } from './interactive.ts';
import { useLanguage } from './language.tsx';
import { PhoneLink } from './opening.tsx';

export interface InteractiveCardProps {
  message: Message;
  card: Card;
  /** The click that is under way, or was lost. */
  click: Click | undefined;
  onAct: (act: Omit<InteractiveClick, 'messageId'>) => void;
}

export function InteractiveCard({ message, card, click, onAct }: InteractiveCardProps) {
  const { say } = useLanguage();
  const titleId = useId();
  const view = useMemo(() => cardView(card), [card]);
  const isBusy = click !== undefined && !click.failed;
  const press = (id: string, key: string) => onAct({ actionId: id, params: { key } });
  const { notice, form, link } = view;
  return (
    <article
      className="card ding-card"
      data-card="interactive"
      data-track={card.outTrackId}
      data-version={message.version}
      aria-busy={isBusy}
      aria-labelledby={titleId}
    >
      <Words view={view} titleId={titleId} />
      {notice && (
        <p className="ding-notice" role="status">
          {notice}
        </p>
      )}
      {form && (
        <CardForm
          form={form}
          button={view.formButton}
          isDisabled={view.isFormDisabled}
          isBusy={isBusy}
          onSubmit={(values) => onAct({ actionId: 'form', params: { form: values } })}
        />
      )}
      <Buttons buttons={view.buttons} isBusy={isBusy} onPress={press} />
      <Rare view={view} isBusy={isBusy} onPress={press} />
      {link && (
        <PhoneLink className="card-jump" data-testid="card-action" href={link.url}>
          {link.text || say('view')}
          <Icon name="next" />
        </PhoneLink>
      )}
      {card.toast && !isBusy && (
        <p className="ding-toast" role="alert">
          {card.toast}
        </p>
      )}
    </article>
  );
}

function Words({ view, titleId }: { view: CardView; titleId: string }) {
  const { source, title, subtitle, emphasis, tone, body, quote } = view;
  return (
    <>
      {source && <p className="ding-source">{source}</p>}
      {title && (
        <h3 className="card-title" id={titleId}>
          {title}
        </h3>
      )}
      {subtitle && <p className="card-desc">{subtitle}</p>}
      {emphasis && <p className={`ding-emphasis tone-${tone}`}>{emphasis}</p>}
      {body && <p className="ding-body">{body}</p>}
      <Facts view={view} />
      {quote && (
        <div className="card-quote">
          {quote.title && <strong>{quote.title}</strong>}
          {quote.text && <span>{quote.text}</span>}
        </div>
      )}
    </>
  );
}

function Facts({ view: { facts } }: { view: CardView }) {
  if (facts.length === 0) return null;
  return (
    <dl className="card-rows">
      {facts.map(({ label, value }, index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ButtonsProps {
  buttons: readonly CardButton[];
  isBusy: boolean;
  onPress: (id: string, key: string) => void;
}

function Buttons({ buttons, isBusy, onPress }: ButtonsProps) {
  if (buttons.length === 0) return null;
  return (
    <div className={`card-buttons ${buttons.length === 1 ? '' : 'two'}`}>
      {buttons.map((button) =>
        button.kind === 'link' ? (
          <PhoneLink key={button.id} className={`ding-${button.style}`} href={button.url}>
            {button.text}
          </PhoneLink>
        ) : (
          <button
            key={button.id}
            type="button"
            className={`ding-${button.style}`}
            data-action={button.id}
            data-key={button.key}
            disabled={isBusy}
            onClick={() => onPress(button.id, button.key)}
          >
            {button.text}
          </button>
        ),
      )}
    </div>
  );
}

function Rare({ view: { rare }, isBusy, onPress }: Omit<ButtonsProps, 'buttons'> & { view: CardView }) {
  if (rare.length === 0) return null;
  return (
    <div className="ding-rare">
      {rare.map(({ id, text, key }) => (
        <button key={id} type="button" data-action={id} disabled={isBusy} onClick={() => onPress(id, key)}>
          {text}
        </button>
      ))}
    </div>
  );
}
