/** What can happen to a ticket that is explored: by the flow's own acts and events, and by those that cut across it. */
import type { Act } from '../../src/flow/acts.ts';
import type { Command } from '../../src/flow/command.ts';
import type { Directory, PersonId } from '../../src/flow/directory.ts';
import { jumpTargets } from '../../src/flow/jumpTargets.ts';
import { possibleActs, whoWaits } from '../../src/flow/query.ts';
import { signWays } from '../../src/flow/signWays.ts';
import type { ReturnTarget, Template } from '../../src/flow/template.ts';
import { isOpen, isPending, type Task, type Ticket } from '../../src/flow/ticket.ts';
import type { Field, Value, Values } from '../../src/form/field.ts';
import { id, type Name, nameById } from './flow.ts';

export interface Move {
  readonly by: string;
  readonly command: Command;
  readonly now: number;
  /** Other than before it: somebody has left. */
  readonly directory?: Directory;
}

/** Where a ticket stands, and what it is run with. */
export interface Standing {
  readonly template: Template;
  readonly directory: Directory;
  readonly ticket: Ticket;
  readonly now: number;
  /** What may be filed. */
  readonly forms: readonly Values[];
  /** `n2.ok`: what some condition reads. */
  readonly read: readonly string[];
  readonly offers: readonly Offer[];
}
interface Offer {
  readonly by: PersonId;
  readonly act: Act;
  readonly task: Task;
  readonly targets: readonly ReturnTarget[];
  readonly removable: readonly PersonId[];
}

/** What anybody whose turn it is may do. */
export function offersAt(at: Omit<Standing, 'offers'>): Offer[] {
  const { template, ticket, directory, now } = at;
  return whoWaits(ticket).flatMap((by) =>
    possibleActs(template, ticket, by, directory, now).tasks.flatMap(
      ({ n, acts, returnTargets: targets, removable }) => {
        const task = ticket.tasks.find((one) => one.n === n);
        return task ? acts.map((act) => ({ by, act, task, targets, removable })) : [];
      },
    ),
  );
}

/** The flow's own acts, and those that end what others began. */
const TRIED: readonly Act[] = [
  ...(['claim', 'accept', 'dispatch', 'complete', 'agree', 'submit', 'retry', 'refuse', 'skip'] as const),
  ...(['return', 'transfer', 'release', 'advise', 'remove_sign'] as const),
];

type Content = Readonly<Record<string, unknown>>;
const SILENT = { comment: '因为', values: {}, files: [] };

export function ownMoves(at: Standing): Move[] {
  const acts = at.offers.flatMap((one) =>
    TRIED.includes(one.act) ? contentsOf(at, one).map((content) => move(at, one.by, one.act, content, one.task)) : [],
  );
  return [...acts, ...endsOfPause(at), ...eventsOf(at.ticket, at.now)];
}

function move({ now }: Standing, by: PersonId, type: Act, content: Content, task?: Task): Move {
  const command = { type, by, ...SILENT, ...(task ? { task: task.n } : {}), ...content } as unknown as Command;
  return { by: `${nameById(by)} ${type} ${task?.node ?? ''} ${JSON.stringify(content)}`, command, now };
}

function endsOfPause(at: Standing): Move[] {
  const { ticket } = at;
  if (!ticket.paused) return [];
  const answers = ticket.paused.reason === 'waiting_requester' ? [move(at, ticket.requesterId, 'comment', {})] : [];
  return [...whoWaits(ticket).map((by) => move(at, by, 'resume', {})), ...answers];
}

/** What is said with an act: each choice that the flow may depend on. */
function contentsOf(at: Standing, { act, task, targets, removable }: Offer): readonly Content[] {
  switch (act) {
    case 'complete':
    case 'agree':
      return valuesAt(at, task).map((values) => ({ values }));
    case 'submit':
      return at.forms.map((values) => ({ values }));
    case 'return':
      return targets.flatMap((to) => (['rerun', 'resume'] as const).map((then) => ({ to, then })));
    case 'transfer':
      return [{ person: oneOf(at, 'bo', 'ann') }];
    case 'dispatch':
      return [{ person: oneOf(at, 'cy', 'bo') }];
    case 'remove_sign':
      return removable.map((person) => ({ person }));
    default:
      return [{}];
  }
}

/** The second, where the first has left. */
const oneOf = ({ directory }: Standing, first: Name, second: Name): PersonId =>
  id(directory.people.get(id(first))?.active ? first : second);

const CHOICES: Readonly<Record<string, readonly Value[]>> = {
  switch: [false, true],
  number: [50, 150],
  radio: ['甲', '乙'],
};

/** A value that no condition reads has no choice. */
function valuesAt({ template, read }: Standing, task: Task): readonly Values[] {
  const node = template.nodes[task.node];
  // Who only advises leaves the form to whoever decides.
  if (!node || task.via === 'before' || task.via === 'delegate') return [{}];
  const opened = template.form.filter((field) => ['editable', 'required'].includes(node.fields[field.id] ?? ''));
  const choose = (all: readonly Values[], { type, id: key }: Pick<Field, 'type' | 'id'>): readonly Values[] => {
    const isRead = read.includes(key.startsWith('form.') ? key : `${node.id}.${key}`);
    const choices = (CHOICES[type] ?? []).slice(0, isRead ? undefined : 1);
    return all.flatMap((values) => choices.map((value) => ({ ...values, [key]: value })));
  };
  const fields = [...node.form, ...opened.map(({ type, id: key }) => ({ type, id: `form.${key}` }))];
  return fields.reduce(choose, [{}]);
}

/** What happens by itself. */
function eventsOf(ticket: Ticket, now: number): Move[] {
  const at = (command: object, by: string, then = now): Move => ({
    command: { ...command, by: null } as unknown as Command,
    by,
    now: Math.max(now, then),
  });
  const { timers, calls, children } = ticket;
  return [
    ...timers.map((timer) => at({ type: 'fire', key: timer.key, at: timer.at }, `${timer.key} is due`, timer.at)),
    ...calls.flatMap(({ key }) => [
      at({ type: 'answered', key, outcome: { ok: true, status: 200, body: { data: { no: '7' } } } }, `${key} answers`),
      at({ type: 'answered', key, outcome: { ok: false, reason: 'HTTP 404' } }, `${key} fails`),
    ]),
    // Those that nothing waits for say what became of them as well.
    ...children.flatMap(({ key, outcome, ticketId }) => {
      if (outcome !== null) return [];
      if (ticketId === null)
        return [
          at({ type: 'child_filed', key, ticketId: 9, number: 'C-9' }, `${key} is filed`),
          at({ type: 'child_failed', key, reason: 'not allowed' }, `${key} can't be filed`),
        ];
      return (['done', 'refused', 'withdrawn'] as const).map((end) => {
        const status = end === 'done' ? 'closed' : end;
        return at({ type: 'child_over', key, status, outcome: end, values: { form: {} } }, `${key} is ${end}`);
      });
    }),
  ];
}

/** What cuts across the flow. A flow is explored with some of these, so that each is tried on many flows. */
export const EXTRAS = [
  ...(['add_sign', 'delegate', 'pause', 'take_back', 'jump', 'reassign', 're_resolve'] as const),
  ...(['reopen', 'recategorize', 'split', 'end', 'leave'] as const),
] as const;
export type Extra = (typeof EXTRAS)[number];

const ADMIN = id('adam');
/** Who has no part in these flows by any rule. */
const OTHER = id('eve');

export function extraMoves(at: Standing, extra: Extra): Move[] {
  const { template, ticket, now } = at;
  const held = (act: Act, contents: (task: Task) => readonly Content[]): Move[] =>
    at.offers
      .filter((one) => one.act === act)
      .flatMap(({ by, task }) => contents(task).map((content) => move(at, by, act, content, task)));
  const admins = (act: Act, content: Content): Move[] =>
    ticket.tasks.filter(isPending).map((task) => move(at, ADMIN, act, content, task));
  switch (extra) {
    case 'add_sign':
      return held('add_sign', (task) =>
        signWays(template, ticket, task).flatMap((how) =>
          (how === 'after' ? valuesAt(at, task) : [{}]).map((values) => ({ how, people: [OTHER], values })),
        ),
      );
    case 'delegate':
      return held('delegate', () => [{ person: OTHER }]);
    case 'pause':
      return held('pause', () => [
        { reason: 'waiting_requester' },
        { reason: 'waiting_vendor' },
        { reason: 'scheduled', until: now + 3_600_000 },
      ]);
    case 'jump':
      return jumpTargets(template).map((to) => move(at, ADMIN, 'jump', { to }));
    case 'reassign':
      return admins('reassign', { person: OTHER });
    case 're_resolve':
      return admins('re_resolve', {});
    case 'recategorize':
      return ['甲', '乙'].flatMap((category) =>
        [true, false].map((again) => move(at, ADMIN, 'recategorize', { category, again })),
      );
    case 'split':
      return held('split', () => [{ template: 'sample', values: { title: 't', kind: '甲' } }]);
    case 'end': {
      const other = { ticketId: 7, number: 'T-0007' };
      return [
        move(at, ticket.requesterId, 'withdraw', {}),
        ...(['merge', 'duplicate', 'force_close'] as const).map((act) => move(at, ADMIN, act, { other })),
      ];
    }
    case 'leave':
      return whoWaits(ticket)
        .filter((personId) => personId !== ADMIN)
        .map((personId) => ({
          by: `${nameById(personId)} leaves`,
          command: { type: 'hand_over', by: null, personId },
          now,
          directory: without(at.directory, personId),
        }));
    case 'take_back':
    case 'reopen':
      return [];
  }
}

/** What may follow at once on what has just been done. */
export function afterMoves(ticket: Ticket, extra: Extra, { by: done, now }: Move): Move[] {
  const follows = (by: string, command: object): Move[] => [
    { by: `${done}; ${by}`, command: { ...SILENT, ...command } as unknown as Command, now },
  ];
  if (extra === 'take_back' && ticket.undo)
    return follows('it is taken back', { type: 'take_back', by: ticket.undo.by });
  if (extra === 'reopen' && ticket.reopenUntil !== null)
    return follows('it is reopened', { type: 'reopen', by: ticket.requesterId });
  return [];
}

function without(directory: Directory, personId: PersonId): Directory {
  const people = new Map(directory.people);
  const person = people.get(personId);
  if (person) people.set(personId, { ...person, active: false, places: [] });
  return { ...directory, people };
}

/** Open work of somebody who is here. */
export const isHeld = (task: Task, directory: Directory): boolean =>
  isOpen(task) && task.people.some(({ personId }) => directory.people.get(personId)?.active === true);
