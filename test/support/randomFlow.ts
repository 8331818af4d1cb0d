/** Random small templates, companies and acts, for properties of the engine. */
import fc from 'fast-check';
import type { Directory } from '../../src/flow/directory.ts';
import { type Act, ACT_NAMES } from '../../src/flow/acts.ts';
import type { Command } from '../../src/flow/command.ts';
import { possibleActs, whoWaits } from '../../src/flow/query.ts';
import type { ApproveMode, IfEmpty, Node, OnRefuse, Selector, Template, Test } from '../../src/flow/template.ts';
import { isAdvice, isPending, PAUSE_REASONS, SIGN_WAYS, type Ticket } from '../../src/flow/ticket.ts';
import type { Access, Field, Values } from '../../src/form/field.ts';
import {
  aBranch,
  aConfirm,
  aDirectory,
  aHandle,
  aNotice,
  anApproval,
  anEnd,
  aTemplate,
  id,
  type Name,
  NAMES,
  NOW,
  options,
  read,
  requester,
  users,
} from '../support/flow.ts';
import type { Duration } from '../../src/worktime/duration.ts';
import { aField } from '../support/form.ts';
import { nestedTemplate, systemCommand } from './randomRegions.ts';

const name = fc.constantFrom(...NAMES);
// Few people in many places: that is where one meets oneself, and decides twice.
const busy = fc.constantFrom<Name>('ann', 'bo', 'ann', 'bo', 'cy', 'ken', 'rita', 'dee');
const names = fc.uniqueArray(busy, { minLength: 1, maxLength: 3, size: 'max' });
const rarely = <T>(arbitrary: fc.Arbitrary<T>, usually: T): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary, weight: 1 }, { arbitrary: fc.constant(usually), weight: 3 });
const level = fc.integer({ min: 1, max: 3 });
const ids = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5'];
const ROLES = ['r0', 'r1'];

const isFlagged: Test = (scope) => read(scope, 'form', 'flag') === true;
const isPlain: Test = (scope) => read(scope, 'form', 'flag') !== true;
const when = rarely<Test | null>(fc.constantFrom(isFlagged, isPlain), null);

const single: fc.Arbitrary<Selector> = fc.oneof(
  names.map((list) => users(...list)),
  names.map((list) => users(...list)),
  fc.constantFrom(...ROLES).map((role): Selector => ({ kind: 'role', role, in: null })),
  fc.constantFrom('it', 'law', 'all').map((key): Selector => ({ kind: 'role', role: 'r0', in: () => key })),
  fc.constant(requester),
  fc.constant<Selector>({ kind: 'assignee' }),
  fc.constantFrom('IT部', '总公司', 'nowhere').map((name): Selector => ({ kind: 'department', name })),
  fc.record({ kind: fc.constant('manager' as const), of: fc.constantFrom('requester' as const, 'assignee'), level }),
  fc.record({
    kind: fc.constant('department_head' as const),
    of: fc.constantFrom('requester' as const, 'assignee'),
    level,
  }),
  level.map((height): Selector => ({ kind: 'department_head', of: { name: 'IT部' }, level: height })),
  fc.constant<Selector>({ kind: 'field', field: 'who' }),
  fc.constantFrom(...ids).map((node): Selector => ({ kind: 'handler_of', node })),
);
const selector: fc.Arbitrary<Selector> = fc.oneof(
  { arbitrary: single, weight: 4 },
  {
    arbitrary: fc.array(single, { minLength: 1, maxLength: 3 }).map((all): Selector => ({ kind: 'together', all })),
    weight: 1,
  },
  {
    arbitrary: fc
      .array(fc.record({ when, of: single }), { minLength: 1, maxLength: 2 })
      .map((cases): Selector => ({ kind: 'first', cases })),
    weight: 1,
  },
);

const ifEmpty: fc.Arbitrary<IfEmpty> = fc.oneof(
  fc.constant<IfEmpty>({ kind: 'approve' }),
  fc.constant<IfEmpty>({ kind: 'admin' }),
  single.map((of): IfEmpty => ({ kind: 'people', of })),
);
const onRefuse = (at: number): fc.Arbitrary<OnRefuse> =>
  fc.oneof(
    fc.constant<OnRefuse>({ kind: 'end' }),
    fc.constantFrom('filing', ...ids.slice(0, at)).map((target): OnRefuse => ({ kind: 'to', target })),
  );
const form = rarely<readonly Field[]>(
  fc.constantFrom([aField('note', 'text', { required: true })], [aField('ok', 'switch')]),
  [],
);
const access = rarely<Readonly<Record<string, Access>>>(
  fc.constantFrom({ flag: 'editable' }, { title: 'required' }),
  {},
);
const acts = fc.record({
  withdraw: fc.constantFrom('until_first_act' as const, 'any_time_with_reason', 'any_time_with_reason', 'never'),
  transfer: fc.constantFrom('anyone' as const, 'department', 'team', 'never'),
  addSign: fc.constantFrom('advice' as const, 'advice', 'binding', 'never'),
  returns: rarely(fc.boolean(), true),
  reopen: fc.constantFrom<Duration | null>({ kind: 'wall', ms: 3 }, { kind: 'workdays', n: 1 }, null),
  urge: rarely(fc.boolean(), true),
  takeBack: rarely(fc.constant(null), { kind: 'wall' as const, ms: 600_000 }),
});
const common = { when, form, fields: access, acts };

function aNode(at: number): fc.Arbitrary<Node> {
  const key = ids[at] ?? 'n';
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .record({
          ...common,
          people: selector,
          strategy: fc.constantFrom('claim' as const, 'claim', 'least-open', 'round-robin', 'all', 'dispatcher'),
          ifEmpty,
          onReturn: fc.constantFrom('same' as const, 'anew'),
        })
        .map((node) => aHandle(key, node.people, node)),
    },
    {
      weight: 6,
      arbitrary: fc
        .record({
          ...common,
          people: selector,
          mode: fc.constantFrom<ApproveMode>('any', 'all', 'sequence', 'all', { percent: 50 }, { min: 2 }),
          ifEmpty,
          onRefuse: onRefuse(at),
          refuseNeeds: fc.constantFrom('one' as const, 'all'),
          dedupe: fc.constantFrom('none' as const, 'consecutive', 'consecutive', 'first', 'last'),
          selfApproval: fc.constantFrom('allow' as const, 'skip', 'superior'),
          control: rarely(fc.boolean(), false),
        })
        .map((node) => anApproval(key, node.people, node)),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({ ...common, people: selector, ifEmpty, onRefuse: onRefuse(at) })
        .map((node) => aConfirm(key, node)),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.record({ when, to: fc.constantFrom(null, ...ids.slice(at + 1)) }), { maxLength: 2 })
        .map((cases) =>
          aBranch(
            key,
            cases.map((one) => ({ ...one, name: 'case' })),
          ),
        ),
    },
    { weight: 1, arbitrary: selector.map((people) => aNotice(key, people)) },
    { weight: 1, arbitrary: fc.constantFrom('closed' as const, 'refused', 'approved').map((end) => anEnd(key, end)) },
  );
}

const FORM = [
  aField('title', 'text', { means: 'title' }),
  aField('flag', 'switch'),
  aField('who', 'person'),
  aField('kind', 'select', { means: 'category', options: options('a', 'b') }),
  aField('soon', 'radio', { means: 'urgency', options: options('yes', 'no') }),
];
/** Ways lead only forward, as the check demands; a case may skip nodes. */
const flat: fc.Arbitrary<Template> = fc.constantFrom(0, 1, 2, 3, 3, 4, 4, 5, 6).chain((count) =>
  fc.tuple(fc.tuple(...ids.slice(0, count).map((_, at) => aNode(at))), acts).map(([nodes, own]) =>
    aTemplate(
      nodes.map((node) => within(node, count)),
      {
        form: FORM,
        acts: own,
      },
    ),
  ),
);
/** A branch by ids makes sense in a row only. */
const step = aNode(ids.length).filter(({ kind }) => kind !== 'branch');
const nested = nestedTemplate(step, isFlagged, { form: FORM });
const template = fc.oneof(flat, nested);

/** A case may name a node that was not made. */
const within = (node: Node, count: number): Node =>
  node.kind === 'branch'
    ? { ...node, cases: node.cases.map((one) => ({ ...one, to: ids.indexOf(one.to ?? '') < count ? one.to : null })) }
    : node;

const directory: fc.Arbitrary<Directory> = fc
  .record({
    gone: rarely(fc.uniqueArray(name, { maxLength: 2 }), []),
    admins: rarely<Name[]>(fc.uniqueArray(busy, { maxLength: 2 }), ['adam']),
    roles: fc.record({ r0: names, r1: names, 派单员: rarely<Name[]>(fc.constant([]), ['dee', 'ken']) }),
    // Rings of managers happen in real contact books.
    managers: fc.dictionary(busy, fc.uniqueArray(name, { minLength: 1, maxLength: 2 }), {
      minKeys: 1,
      maxKeys: 5,
      size: 'max',
    }),
    away: rarely<Partial<Record<Name, Name>>>(fc.dictionary(busy, busy, { maxKeys: 3 }), {}),
  })
  .map(({ away, ...company }) =>
    aDirectory({ ...company, away: Object.fromEntries(Object.entries(away).filter(([who, to]) => who !== to)) }),
  );

export interface Wish {
  readonly act: Act;
  readonly who: number;
  readonly pick: number;
  readonly other: Name;
  readonly comment: string;
  readonly isLawful: boolean;
  readonly flag: boolean;
}
const wish: fc.Arbitrary<Wish> = fc.record({
  act: fc.oneof(
    { arbitrary: fc.constantFrom(...ACT_NAMES), weight: 1 },
    { arbitrary: fc.constantFrom<Act>('complete', 'agree', 'add_sign', 'delegate'), weight: 1 },
  ),
  who: fc.nat(20),
  pick: fc.nat(20),
  other: name,
  comment: rarely(fc.constant(''), 'because'),
  isLawful: fc.oneof({ arbitrary: fc.constant(true), weight: 4 }, { arbitrary: fc.constant(false), weight: 1 }),
  flag: fc.boolean(),
});

export interface RandomStory {
  readonly template: Template;
  readonly directory: Directory;
  readonly requester: Name;
  readonly values: Values;
  readonly wishes: readonly Wish[];
}
export const aStory: fc.Arbitrary<RandomStory> = fc.record({
  template,
  directory,
  requester: rarely(name, 'rita'),
  values: fc.record({ title: fc.constant('t'), flag: fc.boolean(), who: name.map(id) }),
  wishes: fc.array(wish, { minLength: 3, maxLength: 14, size: 'max' }),
});

/** A lawful wish becomes an act that somebody could do; any other is thrown at the engine as it is. */
/** @param now epoch ms */
export function commandOf(wish: Wish, story: RandomStory, ticket: Ticket, now: number): Command {
  const own = wish.pick % 4 === 0 ? systemCommand(ticket, wish.who) : null;
  if (own) return own;
  const waiting = whoWaits(ticket);
  const by = wish.isLawful && waiting.length > 0 ? (waiting[wish.who % waiting.length] ?? 0) : (wish.who % 11) + 1;
  if (!wish.isLawful || waiting.length === 0) {
    const any = ticket.tasks[wish.pick % (ticket.tasks.length + 1)];
    return aCommand(wish, story.template, ticket, by, wish.act, any?.n ?? wish.pick);
  }
  const { tasks, ticket: onTicket } = possibleActs(story.template, ticket, by, story.directory, now);
  const task = tasks[wish.pick % Math.max(tasks.length, 1)];
  const choice = wish.pick % 6 === 0 ? [...onTicket, ...(task?.acts ?? [])] : (task?.acts ?? onTicket);
  const act = choice.includes(wish.act) ? wish.act : (choice[wish.pick % Math.max(choice.length, 1)] ?? wish.act);
  return aCommand(wish, story.template, ticket, by, act, task?.n ?? wish.pick);
}

/** What any act may take, whatever it is about. */
function partsOf({ pick, flag }: Wish): object {
  const reason = PAUSE_REASONS[pick % PAUSE_REASONS.length];
  return {
    reason,
    ...(reason === 'scheduled' ? { until: NOW + 86_400_000 } : {}),
    other: { ticketId: 2, number: 'T-0002' },
    category: flag ? 'a' : 'b',
    urgency: flag ? 'yes' : 'no',
    again: pick % 2 === 0,
  };
}

/** Whom the act is about. */
function personFor({ pick, other }: Wish, ticket: Ticket, by: number, act: Act, task: number): number {
  if (act === 'split') return by;
  const added = ticket.tasks.filter((one) => isPending(one) && (one.parent === task || one.n === task));
  const taken = added[pick % Math.max(added.length, 1)];
  return act === 'remove_sign' ? (taken?.assigneeId ?? id(other)) : id(other);
}

/** The act with all that it needs; a comment and a receiver as wished. */
export function aCommand(wish: Wish, template: Template, ticket: Ticket, by: number, act: Act, task: number): Command {
  const node = template.nodes[ticket.tasks.find(({ n }) => n === task)?.node ?? ''];
  const own = Object.fromEntries(
    (node?.form ?? []).map(({ id: key, type }) => [key, type === 'switch' ? wish.flag : 'noted']),
  );
  const opened = node?.fields['flag'] === 'editable' && wish.flag ? { 'form.flag': wish.flag } : {};
  const targets = ['filing', ...(node?.returnsTo ?? [])];
  const places = ['filing', ...template.order];
  const step = act === 'jump' ? places[wish.pick % places.length] : targets[wish.pick % targets.length];
  const isAdvising = ticket.tasks.some((one) => one.n === task && isAdvice(one));
  const how = SIGN_WAYS[wish.pick % SIGN_WAYS.length];
  const bare = isAdvising || act === 'split' || (act === 'add_sign' && how !== 'after');
  const values = act === 'submit' ? { flag: wish.flag } : bare ? {} : { ...own, ...opened };
  return {
    type: act,
    by,
    task,
    comment: wish.comment,
    values,
    to: step,
    person: personFor(wish, ticket, by, act, task),
    people: wish.flag ? [id(wish.other)] : [id(wish.other), id('cy')],
    how,
    ...partsOf(wish),
    files: [],
  } as unknown as Command;
}
