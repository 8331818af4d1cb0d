/** One message by its kind. */
import { ActionCard } from './ActionCard.tsx';
import { Icon } from './Icon.tsx';
import { InteractiveCard, type InteractiveCardProps } from './InteractiveCard.tsx';
import { useLanguage } from './language.tsx';
import { News, TextCard } from './LinkCards.tsx';
import { PhoneLink, usePhone } from './opening.tsx';
import { DingtalkMarkdown, Markdown, PlainText } from './Prose.tsx';
import { TemplateCard, type TemplateCardProps } from './TemplateCard.tsx';

type MessageBodyProps = Omit<TemplateCardProps, 'card'> & Pick<InteractiveCardProps, 'onAct'>;

export function MessageBody({ message, people, click, onClick, onAct }: MessageBodyProps) {
  const { say } = useLanguage();
  const { platform } = usePhone();
  const { kind, text = '', card = {}, mediaUrl, interactive, actionCard, fileName } = message;
  switch (kind) {
    case 'text':
      return (
        <div className="bubble">
          <PlainText text={text} />
        </div>
      );
    case 'markdown':
      return (
        <div className="bubble">
          {platform === 'dingtalk' ? <DingtalkMarkdown text={text} /> : <Markdown text={text} />}
        </div>
      );
    case 'template_card':
      return <TemplateCard message={message} card={card} people={people} click={click} onClick={onClick} />;
    case 'interactive':
      return interactive ? (
        <InteractiveCard message={message} card={interactive} click={click} onAct={onAct} />
      ) : (
        <Unknown words={say('unsupported', kind)} />
      );
    case 'action_card':
      return actionCard ? <ActionCard card={actionCard} /> : <Unknown words={say('unsupported', kind)} />;
    case 'textcard':
      return <TextCard card={card} />;
    case 'news':
      return <News card={card} />;
    case 'image':
      return <ImageBody message={message} />;
    case 'file':
    case 'voice':
    case 'video':
      return mediaUrl ? (
        <FileBubble url={mediaUrl} name={fileName ?? (text || say('file'))} />
      ) : (
        <Unknown words={say('unsupported', kind)} />
      );
    default:
      return <Unknown words={say('unsupported', kind)} />;
  }
}

/** In a group of DingTalk words stand beside the picture; elsewhere the text is its file's name. */
function ImageBody({ message: { mediaUrl, group, text = '' } }: Pick<MessageBodyProps, 'message'>) {
  const { say } = useLanguage();
  if (!mediaUrl) return <Unknown words={say('unsupported', 'image')} />;
  if (group === undefined || text === '') return <Picture url={mediaUrl} name={text} />;
  return (
    <div className="bubble">
      <PlainText text={text} />
      <Picture url={mediaUrl} name="" />
    </div>
  );
}

function Picture({ url, name }: { url: string; name: string }) {
  const { say } = useLanguage();
  return (
    <PhoneLink href={url} className="picture-link">
      <img className="picture" src={url} alt={name || say('picture')} />
    </PhoneLink>
  );
}

function FileBubble({ url, name }: { url: string; name: string }) {
  return (
    <a className="bubble file" href={url} download={name}>
      <Icon name="file" />
      {name}
    </a>
  );
}

function Unknown({ words }: { words: string }) {
  return (
    <div className="bubble">
      <p className="prose faint">{words}</p>
    </div>
  );
}
