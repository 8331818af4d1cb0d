/** A template card as the client draws it, in the platform's order of parts. Source: reference/wecom.md, 5. */
import { useState } from 'react';
import type { CardBody, Message, Person } from '../client.ts';
import { answersOf, type Answers } from './answers.ts';
import type { Click } from './chats.ts';
import { CardControls } from './CardControls.tsx';
import { CardMenu } from './CardMenu.tsx';
import { Emphasis, ImageText, JumpList, Quote, Rows, VerticalList } from './CardParts.tsx';
import { Img } from './Img.tsx';
import { useLanguage } from './language.tsx';
import { safeUrl } from './links.ts';
import { PhoneLink } from './opening.tsx';

export interface TemplateCardProps {
  message: Message;
  card: CardBody;
  people: ReadonlyMap<string, Person>;
  /** The click that is under way, or was lost. */
  click: Click | undefined;
  onClick: (key: string, selected: Answers) => void;
}

export function TemplateCard({ message, card, people, click, onClick }: TemplateCardProps) {
  const [chosen, setChosen] = useState<Answers>({});
  const answers = answersOf(card, chosen);
  const isBusy = click !== undefined && !click.failed;
  const replaced = message.replaced ?? card.replace_text;
  const press = (key: string) => onClick(key, answers);
  return (
    <article className="card" data-card={card.card_type} data-version={message.version} aria-busy={isBusy}>
      <CardHead card={card} isBusy={isBusy} isClickable={message.clickable} onPress={press} />
      <Img className="card-image" style={ratio(card)} src={card.card_image?.url} alt="" />
      <CardTitle card={card} />
      <Emphasis card={card} />
      <ImageText card={card} />
      <Quote card={card} />
      {card.main_title?.title && card.sub_title_text && <p className="card-sub">{card.sub_title_text}</p>}
      <VerticalList card={card} />
      <Rows card={card} people={people} />
      <JumpList card={card} />
      <CardControls
        card={card}
        answers={answers}
        isBusy={isBusy}
        isClickable={message.clickable && replaced === undefined}
        replaced={replaced}
        onAnswer={(question, ids) => setChosen((before) => ({ ...before, [question]: ids }))}
        onPress={press}
      />
      <TooLong fields={message.truncated} />
    </article>
  );
}

interface CardHeadProps {
  card: CardBody;
  isBusy: boolean;
  isClickable: boolean;
  onPress: (key: string) => void;
}

function CardHead({ card: { source, action_menu: menu }, isBusy, isClickable, onPress }: CardHeadProps) {
  if (!source?.desc && !source?.icon_url && !menu) return null;
  return (
    <header className="card-head">
      <Img src={source?.icon_url} alt="" />
      <span className={`source-${source?.desc_color ?? 0}`}>{source?.desc}</span>
      {menu && <CardMenu menu={menu} isBusy={isBusy || !isClickable} onPress={onPress} />}
    </header>
  );
}

/** The title carries the card's own link, stretched over the card, so that a click anywhere on it opens the page. */
function CardTitle({ card }: { card: CardBody }) {
  const { main_title: main, sub_title_text: sub, card_action: action } = card;
  const words = main?.title ?? sub;
  const url = action?.type === 0 ? null : safeUrl(action?.url);
  return (
    <>
      {words && (
        <h3 className={main?.title ? 'card-title' : 'card-sub'}>
          {url ? (
            <PhoneLink className="card-link" data-testid="card-action" href={url}>
              {words}
            </PhoneLink>
          ) : (
            words
          )}
        </h3>
      )}
      {main?.desc && <p className="card-desc">{main.desc}</p>}
    </>
  );
}

function TooLong({ fields }: { fields: Message['truncated'] }) {
  const { say } = useLanguage();
  if (!fields || fields.length === 0) return null;
  return <p className="card-note">{say('tooLong', fields.join('、'))}</p>;
}

const ratio = ({ card_image: image }: CardBody) => ({ aspectRatio: String(image?.aspect_ratio ?? 1.3) });
