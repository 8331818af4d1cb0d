/** /m/t/<id>: how a ticket stands and with whom, what it says, what happened, and what I may do. */
import { useCallback, useState } from 'react';
import type { TicketWhole } from '../../../http/contract/ticket.ts';
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
import { Related } from './Related.tsx';
import { Standing } from './Standing.tsx';
import { Steps } from './Steps.tsx';

export function TicketPage({ id, opening }: { id: number; opening: Opening | null }) {
  const load = useCallback((signal: AbortSignal) => call('ticket', { params: { id }, signal }), [id]);
  const { data, error, interrupted, reload } = usePolled(load);
  if (!data || error) return <Waiting error={error} onRetry={() => void reload()} />;
  return <LoadedTicket ticket={data} opening={opening} interrupted={interrupted} reload={reload} />;
}

interface LoadedTicketProps {
  readonly ticket: TicketWhole;
  readonly opening: Opening | null;
  readonly interrupted: boolean;
  readonly reload: () => Promise<void>;
}

function LoadedTicket({ ticket, opening, interrupted, reload }: LoadedTicketProps) {
  const { say } = useReader();
  // What the address asks for is opened once; from then on it is open until the person closes it, whatever changes.
  const [chosen, setChosen] = useState<Chosen | null>(() => openingOf(ticket, opening));
  const [missed, setMissed] = useState(opening !== null && opening.act !== 'more' && chosen === null);
  const acting = useActing(ticket.id, reload);
  const choose = (next: Chosen | null) => {
    acting.reset();
    setMissed(false);
    setChosen(next);
  };
  return (
    <Frame title={ticket.title || ticket.template.name} above={ticket.number} interrupted={interrupted}>
      {acting.told && <Notice tone="good">{acting.told}</Notice>}
      {!chosen && <ErrorNotice error={acting.error} />}
      {missed && <Notice tone="plain">{say('notPossible')}</Notice>}
      <Standing ticket={ticket} />
      <Steps ticket={ticket} />
      <Related ticket={ticket} />
      <Content ticket={ticket} />
      <History ticket={ticket} />
      <ActBar
        ticket={ticket}
        busy={acting.busy}
        opened={opening?.act === 'more'}
        onChoose={choose}
        onTap={(next) => void acting.act(ticket, next, {})}
      />
      {chosen && (
        <ActSheet
          key={`${chosen.act}-${chosen.task ?? 0}`}
          ticket={ticket}
          chosen={chosen}
          acting={acting}
          onClose={() => choose(null)}
          onDone={() => setChosen(null)}
        />
      )}
    </Frame>
  );
}
