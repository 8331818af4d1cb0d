/** The parts of a template card that only show something or open a link. */
import type { CardBody, CardRow, Person } from '../client.ts';
import { mediaAddress } from './api.ts';
import { Icon } from './Icon.tsx';
import { Img } from './Img.tsx';
import { PhoneLink } from './opening.tsx';

interface Part {
  card: CardBody;
}

export function Emphasis({ card: { emphasis_content: emphasis } }: Part) {
  if (!emphasis?.title && !emphasis?.desc) return null;
  return (
    <p className="card-emphasis">
      <strong>{emphasis.title}</strong>
      <span>{emphasis.desc}</span>
    </p>
  );
}

export function ImageText({ card: { image_text_area: area } }: Part) {
  if (!area) return null;
  const inside = (
    <>
      <span>
        <strong>{area.title}</strong>
        <small>{area.desc}</small>
      </span>
      <Img src={area.image_url} alt="" />
    </>
  );
  return area.type === 1 ? (
    <PhoneLink className="card-image-text" href={area.url ?? ''}>
      {inside}
    </PhoneLink>
  ) : (
    <div className="card-image-text">{inside}</div>
  );
}

export function Quote({ card: { quote_area: quote } }: Part) {
  if (!quote?.title && !quote?.quote_text) return null;
  const inside = (
    <>
      {quote.title && <strong>{quote.title}</strong>}
      {quote.quote_text && <span>{quote.quote_text}</span>}
    </>
  );
  return quote.type === 1 ? (
    <PhoneLink className="card-quote" href={quote.url ?? ''}>
      {inside}
    </PhoneLink>
  ) : (
    <div className="card-quote">{inside}</div>
  );
}

export function VerticalList({ card: { vertical_content_list: list = [] } }: Part) {
  return list.map(({ title, desc }, index) => (
    <p key={index} className="card-vertical">
      <strong>{title}</strong>
      {desc && <span>{desc}</span>}
    </p>
  ));
}

export function Rows({ card, people }: Part & { people: ReadonlyMap<string, Person> }) {
  const rows = card.horizontal_content_list ?? [];
  if (rows.length === 0) return null;
  return (
    <dl className="card-rows">
      {rows.map((row, index) => (
        <div key={index}>
          <dt>{row.keyname}</dt>
          <dd>
            <RowValue row={row} people={people} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function RowValue({ row, people }: { row: CardRow; people: ReadonlyMap<string, Person> }) {
  switch (row.type) {
    case 1:
      return <PhoneLink href={row.url ?? ''}>{row.value}</PhoneLink>;
    case 2:
      return (
        <a href={mediaAddress(row.media_id ?? '')} download={row.value}>
          {row.value}
        </a>
      );
    case 3: {
      const person = people.get((row.userid ?? '').toLowerCase());
      return (
        <span className="member" title={person && `${person.departments.join('、')} · ${person.position}`}>
          {row.value ?? person?.name ?? row.userid}
        </span>
      );
    }
    default:
      return row.value;
  }
}

export function JumpList({ card: { jump_list: jumps = [] } }: Part) {
  return jumps.map(({ type, title, url }, index) =>
    type === 1 ? (
      <PhoneLink key={index} className="card-jump" href={url ?? ''}>
        {title}
        <Icon name="next" />
      </PhoneLink>
    ) : (
      <p key={index} className="card-jump">
        {title}
      </p>
    ),
  );
}
