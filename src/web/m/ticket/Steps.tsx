/** The steps so far: who has or had each, since when, how it ended. */
import type { TicketTask, TicketWhole } from '../../../http/contract/ticket.ts';
import { elapsedText } from '../../../card/elapsedText.ts';
import { useReader } from '../reader.tsx';
import { useNow } from '../useNow.ts';
import { ruleText } from './ruleText.ts';

const markOf = ({ state }: TicketTask): string =>
  state === 'open'
    ? 'open'
    : state === 'waiting'
      ? 'waiting'
      : state === 'done:refuse' || state === 'done:returned'
        ? 'bad'
        : state.startsWith('done')
          ? 'good'
          : 'off';

export function Steps({ ticket }: { ticket: TicketWhole }) {
  const { say } = useReader();
  if (ticket.tasks.length === 0) return null;
  return (
    <section className="panel">
      <h2>{say('stage')}</h2>
      <ol className="steps">
        {ticket.tasks.map((task) => (
          <Step key={task.n} task={task} />
        ))}
      </ol>
    </section>
  );
}

const NAMED = 3;

function Step({ task }: { task: TicketTask }) {
  const { say, locale } = useReader();
  const now = useNow();
  const names = task.people.map(({ name }) => name);
  const list = names.slice(0, NAMED).join(locale === 'en' ? ', ' : '、');
  const some = names.length > NAMED ? say('people', list, names.length) : list;
  // What failed was not without anybody: it has nobody of its own.
  const why = task.kind === 'rescue' ? '' : ruleText(task.rule, locale);
  const who = task.assignee ? task.assignee.name : names.length > 1 ? say('anyOf', some) : some;
  return (
    <li className={`step step-${markOf(task)}`} aria-current={task.state === 'open' ? 'step' : undefined}>
      <span className="step-name">{task.node || task.kindText}</span>
      <span className="step-who">
        {who}
        {why && <small>{why}</small>}
      </span>
      <span className="step-state">
        {task.stateText}
        {task.state !== 'waiting' && <small>{elapsedText((task.doneAt ?? now) - task.openedAt, locale)}</small>}
      </span>
    </li>
  );
}
