/** Substitutes as lines: who, from when until when, for which templates, and whether it has begun. */
import type { Substitute } from '../../../http/contract/away.ts';
import { localDateTime, localEnd } from '../../../flow/zone.ts';
import { useReader } from '../reader.tsx';

interface LinesProps {
  readonly list: readonly Substitute[];
  /** Of the templates, by key. */
  readonly names: ReadonlyMap<string, string>;
  /** null: they are others' to end, who are named. */
  readonly onEnd: ((one: Substitute) => void) | null;
  readonly empty: string;
}

export function SubstituteLines({ list, names, onEnd, empty }: LinesProps) {
  if (list.length === 0) return <p className="quiet">{empty}</p>;
  return (
    <ul className="lines">
      {list.map((one) => (
        <li key={one.id} className="line" data-testid={`substitute-${one.id}`}>
          <OneLine one={one} names={names} onEnd={onEnd} />
        </li>
      ))}
    </ul>
  );
}

function OneLine({ one, names, onEnd }: Omit<LinesProps, 'list' | 'empty'> & { one: Substitute }) {
  const { say, locale } = useReader();
  const { from, until, templates, inForce } = one;
  const who = onEnd ? one.substitute : one.person;
  const chosen = templates?.map((key) => names.get(key) ?? key).join(locale === 'en' ? ', ' : '、');
  return (
    <>
      <span className="line-top">
        <strong>{who.name}</strong>
        <span className={inForce ? 'pill pill-good' : 'pill pill-wait'}>{say(inForce ? 'inForce' : 'notBegun')}</span>
      </span>
      <span className="line-more">{who.department}</span>
      <span className="away-foot">
        <span>
          <span className="away-span">
            <span>{localDateTime(from)}</span> <span>{say('to', localEnd(until))}</span>
          </span>
          <small>{chosen === undefined ? say('allTemplates') : say('onlyTemplates', chosen)}</small>
        </span>
        {onEnd && (
          <button
            type="button"
            className="button button-small button-bad"
            aria-label={say('endOf', who.name)}
            data-testid={`end-${one.id}`}
            onClick={() => onEnd(one)}
          >
            {say('endSubstitute')}
          </button>
        )}
      </span>
    </>
  );
}
