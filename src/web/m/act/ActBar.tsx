/** What I may do, under the thumb: the likeliest acts as buttons, the others behind "more". */
import { useState } from 'react';
import type { PossibleTask, TicketWhole } from '../../../http/contract/ticket.ts';
import { PageLink } from '../navigation.tsx';
import { useReader } from '../reader.tsx';
import { Sheet } from '../Sheet.tsx';
import { type Chosen, isOneTap, type Offer, offersOf } from './chosen.ts';

interface ActBarProps {
  readonly ticket: TicketWhole;
  readonly busy: boolean;
  /** The list of all acts is open from the start. */
  readonly opened: boolean;
  /** It needs a word, a choice or a form. */
  readonly onChoose: (chosen: Chosen) => void;
  /** It needs nothing more. */
  readonly onTap: (chosen: Chosen) => void;
}

const SHOWN = 3;

export function ActBar({ ticket, busy, opened, onChoose, onTap }: ActBarProps) {
  const { say } = useReader();
  const [task, setTask] = useTask(ticket);
  const [more, setMore] = useState(opened);
  const offers = offersOf(ticket, task);
  if (offers.length === 0 && !ticket.possible.again) return null;
  // "More" with a single act behind it would be a button too many.
  const shown = offers.length <= SHOWN ? offers : offers.slice(0, SHOWN - 1);
  const others = offers.slice(shown.length);
  const choose = (offer: Offer) => {
    setMore(false);
    const chosen = { act: offer.act, task: offer.task };
    if (isOneTap(offer)) onTap(chosen);
    else onChoose(chosen);
  };
  return (
    <div className="act-bar" data-testid="acts">
      <div className="act-bar-in">
        {ticket.possible.tasks.length > 1 && <TaskChoice ticket={ticket} task={task} onChoose={setTask} />}
        <div className="act-buttons">
          {[...shown].reverse().map((offer) => (
            <ActButton key={`${offer.act}-${offer.task}`} offer={offer} busy={busy} first={shown[0]} onClick={choose} />
          ))}
          {ticket.possible.again && (
            <PageLink className="button button-main" data-testid="again" to={{ page: 'again', id: ticket.id }}>
              {say('again')}
            </PageLink>
          )}
          {others.length > 0 && (
            <button type="button" className="button button-more" data-testid="act-more" onClick={() => setMore(true)}>
              {say('moreActs')}
            </button>
          )}
        </div>
      </div>
      {more && others.length > 0 && (
        <Sheet title={say('moreActs')} name="more" onClose={() => setMore(false)}>
          <ul className="picks">
            {others.map((offer) => (
              <li key={`${offer.act}-${offer.task}`}>
                <button type="button" data-testid={`act-${offer.act}`} disabled={busy} onClick={() => choose(offer)}>
                  {offer.text}
                </button>
              </li>
            ))}
          </ul>
        </Sheet>
      )}
    </div>
  );
}

function ActButton({
  offer,
  busy,
  first,
  onClick,
}: {
  offer: Offer;
  busy: boolean;
  first: Offer | undefined;
  onClick: (offer: Offer) => void;
}) {
  // prettier-ignore
  const isMain = offer === first && offer.task !== null;
  const tone = isMain ? 'button-main' : offer.act === 'refuse' || offer.act === 'withdraw' ? 'button-bad' : '';
  return (
    <button
      type="button"
      className={`button ${tone}`}
      data-testid={`act-${offer.act}`}
      disabled={busy}
      onClick={() => onClick(offer)}
    >
      {offer.text}
    </button>
  );
}

/** The task that is acted on: the first of mine, or the one chosen. */
function useTask(ticket: TicketWhole): [PossibleTask | null, (n: number) => void] {
  const [n, setN] = useState<number | null>(null);
  const { tasks } = ticket.possible;
  return [tasks.find((one) => one.n === n) ?? tasks[0] ?? null, setN];
}

function TaskChoice({
  ticket,
  task,
  onChoose,
}: {
  ticket: TicketWhole;
  task: PossibleTask | null;
  onChoose: (n: number) => void;
}) {
  // prettier-ignore
  const { say } = useReader();
  // The flow admin may act on others' tasks, too: two of one step differ by whose they are.
  const taskText = (n: number) => {
    const one = ticket.tasks.find((other) => other.n === n);
    const who = one?.assignee?.name ?? one?.people[0]?.name;
    return one && who ? say('taskOf', one.node || one.kindText, who) : (one?.node ?? String(n));
  };
  return (
    <label className="task-choice">
      {say('whichTask')}
      <select value={task?.n ?? ''} data-testid="which-task" onChange={(event) => onChoose(Number(event.target.value))}>
        {ticket.possible.tasks.map(({ n }) => (
          <option key={n} value={n}>
            {taskText(n)}
          </option>
        ))}
      </select>
    </label>
  );
}
