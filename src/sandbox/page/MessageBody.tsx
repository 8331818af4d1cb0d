/** One message by its kind. */
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { News, TextCard } from './LinkCards.tsx';
import { PhoneLink } from './opening.tsx';
import { Markdown, PlainText } from './Prose.tsx';
import { TemplateCard, type TemplateCardProps } from './TemplateCard.tsx';

type MessageBodyProps = Omit<TemplateCardProps, 'card'>;

export function MessageBody({ message, people, click, onClick }: MessageBodyProps) {
  const { say } = useLanguage();
  const { kind, text = '', card = {}, mediaUrl } = message;
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
          <Markdown text={text} />
        </div>
      );
    case 'template_card':
      return <TemplateCard message={message} card={card} people={people} click={click} onClick={onClick} />;
    case 'textcard':
      return <TextCard card={card} />;
    case 'news':
      return <News card={card} />;
    case 'image':
      return mediaUrl ? <Picture url={mediaUrl} name={text} /> : <Unknown words={say('unsupported', kind)} />;
    case 'file':
    case 'voice':
    case 'video':
      return mediaUrl ? (
        <FileBubble url={mediaUrl} name={text || say('file')} />
      ) : (
        <Unknown words={say('unsupported', kind)} />
      );
    default:
      return <Unknown words={say('unsupported', kind)} />;
  }
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
