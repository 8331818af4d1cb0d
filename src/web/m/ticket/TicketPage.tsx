/** /m/t/<id>: how a ticket stands and with whom, what it says, what happened, and what I may do. */
import { useCallback, useState } from 'react';
import { ActBar } from '../act/ActBar.tsx';
import { ActSheet } from '../act/ActSheet.tsx';
import { type Chosen, openingOf } from '../act/chosen.ts';
import { useActing } from '../act/useActing.ts';
import type { Opening } from '../address.ts';
import { call } from '../api.ts';
import { Frame } from '../Frame.tsx';
import { ErrorNotice, Notice } from '../Notice.tsx';
import { useReader } from '../reader.tsx';
import { usePolled } from '../usePolled.ts';
import { Waiting } from '../Waiting.tsx';
import { Content } from './Content.tsx';
import { History } from './History.tsx';
import { Standing } from './Standing.tsx';
import { Steps } from './Steps.tsx';

export function TicketPage({ id, opening }: { id: number; opening: Opening | null }) {
  const { say } = useReader();
  const { data: ticket, error, interrupted, reload } = usePolled(
    useCallback((signal: AbortSignal) => call('ticket', { params: { id }, signal }), [id]),
  ); // prettier-ignore
  // undefined: nobody chose yet, so the address may; null: closed.
  const [choice, setChoice] = useState<Chosen | null | undefined>(undefined);
  const acting = useActing(id, reload);
  if (!ticket || error) return <Waiting error={error} onRetry={() => void reload()} />;
  const chosen = choice === undefined ? openingOf(ticket, opening) : choice;
  return (
    <Frame title={ticket.title || ticket.template.name} above={ticket.number} interrupted={interrupted}>
      {acting.told && <Notice tone="good">{acting.told}</Notice>}
      {!chosen && <ErrorNotice error={acting.error} />}
      {choice === undefined && opening && !chosen && <Notice tone="plain">{say('notPossible')}</Notice>}
      <Standing ticket={ticket} />
      <Steps ticket={ticket} />
      <Content ticket={ticket} />
      <History ticket={ticket} />
      <ActBar
        ticket={ticket}
        busy={acting.busy}
        onChoose={(next) => {
          acting.reset();
          setChoice(next);
        }}
        onTap={(next) => void acting.act(ticket, next, {})}
      />
      {chosen && (
        <ActSheet
          key={`${chosen.act}-${chosen.task ?? 0}`}
          ticket={ticket}
          chosen={chosen}
          acting={acting}
          onClose={() => {
            acting.reset();
            setChoice(null);
          }}
          onDone={() => setChoice(null)}
        />
      )}
    </Frame>
  );
}
