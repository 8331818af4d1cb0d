/** /m/away: who stands in for me, and for whom I do. */
import { useCallback, useState } from 'react';
import type { Substitute } from '../../../http/contract/away.ts';
import { localDateTime, localEnd } from '../../../flow/zone.ts';
import { call } from '../api.ts';
import { Frame } from '../Frame.tsx';
import { Icon } from '../Icon.tsx';
import { Notice } from '../Notice.tsx';
import { useReader } from '../reader.tsx';
import { useLoaded } from '../useLoaded.ts';
import { Waiting } from '../Waiting.tsx';
import { AddSheet } from './AddSheet.tsx';
import { EndSheet } from './EndSheet.tsx';
import { SubstituteLines } from './SubstituteLines.tsx';

export function AwayPage() {
  const { me, say } = useReader();
  const { data, error, reload } = useLoaded(loadAway);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Substitute | null>(null);
  const [told, setTold] = useState('');
  const onDone = useCallback(
    (text: string) => {
      setAdding(false);
      setEnding(null);
      setTold(text);
      reload();
    },
    [reload],
  );
  if (!data) return <Waiting error={error} onRetry={reload} />;
  const mine = data.substitutes.filter(({ person }) => person.id === me?.person.id);
  const theirs = data.substitutes.filter(({ substitute }) => substitute.id === me?.person.id);
  return (
    <Frame title={say('awayTitle')}>
      <p className="help">{say('awayHow')}</p>
      {told && <Notice tone="good">{told}</Notice>}
      <section className="away-part" aria-labelledby="for-me">
        <h2 id="for-me">{say('forMe')}</h2>
        <SubstituteLines list={mine} names={data.names} onEnd={setEnding} empty={say('nobodyForMe')} />
        <button type="button" className="button button-main" data-testid="add" onClick={() => setAdding(true)}>
          <Icon name="add" />
          {say('addSubstitute')}
        </button>
      </section>
      <section className="away-part" aria-labelledby="for-others">
        <h2 id="for-others">{say('forOthers')}</h2>
        <SubstituteLines list={theirs} names={data.names} onEnd={null} empty={say('nobodyElse')} />
        {theirs.length > 0 && <p className="help">{say('onlyOwner')}</p>}
      </section>
      {adding && (
        <AddSheet names={data.names} onClose={() => setAdding(false)} onDone={(made) => onDone(setText(made))} />
      )}
      {ending && (
        <EndSheet
          ending={ending}
          onClose={() => setEnding(null)}
          onDone={() => onDone(say('substituteEnded', ending.substitute.name))}
        />
      )}
    </Frame>
  );

  function setText({ from, until, substitute }: Substitute): string {
    return say('substituteSet', say('span', localDateTime(from), localEnd(until)), substitute.name);
  }
}

/** Those that count now or will, the earliest first; with the names of all templates. */
async function loadAway() {
  const [{ substitutes }, { templates }] = await Promise.all([
    call('substitutes', { query: { state: 'current', limit: 100 } }),
    call('templates', { query: { of: 'all' } }),
  ]);
  return {
    substitutes: substitutes.sort((a, b) => a.from - b.from || a.id - b.id),
    names: new Map(templates.map(({ key, name }) => [key, name] as const)),
  };
}
