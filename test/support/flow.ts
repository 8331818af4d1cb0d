/** Builders for the engine's tests: a valid thing in one line, and only what the test is about spelled out. */
import type { OtherTicket } from '../../src/flow/acts.ts';
import type { Command, Effect, Env, Step } from '../../src/flow/command.ts';
import type { Directory, DirectoryDepartment, DirectoryPerson, PersonId } from '../../src/flow/directory.ts';
import type { EventType, TicketEvent } from '../../src/flow/event.ts';
import { fold } from '../../src/flow/fold.ts';
import { step } from '../../src/flow/step.ts';
import type {
  Acts,
  ApproveNode,
  BranchNode,
  ConfirmNode,
  EndNode,
  HandleNode,
  Node,
  NodeId,
  NotifyNode,
  Selector,
  Template,
} from '../../src/flow/template.ts';
import type { Task, Ticket } from '../../src/flow/ticket.ts';
import type { Field, Scope, Values } from '../../src/form/field.ts';
import { aField } from './form.ts';
import { isRefusal, type Refusal } from '../../src/lib/refusal.ts';
import { theCalendars } from './calendar.ts';
import type { Rota } from '../../src/worktime/rota.ts';

export const NOW = Date.UTC(2026, 10, 2, 1, 0);
const HOUR = 3_600_000;
const CALENDARS = theCalendars();

export const options = (...values: string[]): Field['options'] => values.map((value) => ({ value, label: value }));

/** What may be done, unless said. */
export const theActs = (overrides: Partial<Acts> = {}): Acts => ({
  withdraw: 'any_time_with_reason',
  transfer: 'department',
  addSign: 'advice',
  returns: true,
  reopen: { kind: 'wall', ms: 7 * 86_400_000 },
  urge: true,
  takeBack: { kind: 'wall', ms: 600_000 },
  ...overrides,
});

const base = (id: NodeId): Omit<Node & { kind: 'end' }, 'kind' | 'outcome'> => ({
  id,
  name: id,
  when: null,
  next: null,
  form: [],
  fields: {},
  within: [],
  timeout: [],
  afterReturn: 'rerun',
  returnsTo: [],
  acts: theActs({ transfer: 'anyone', reopen: null }),
});

export const users = (...names: Name[]): Selector => ({ kind: 'users', accounts: names });
export const requester: Selector = { kind: 'requester' };
export const role = (name: string): Selector => ({ kind: 'role', role: name, in: null });

export const aHandle = (id: NodeId, people: Selector, overrides: Partial<HandleNode> = {}): HandleNode => ({
  ...base(id),
  kind: 'handle',
  people,
  strategy: 'claim',
  ifEmpty: { kind: 'admin' },
  onReturn: 'same',
  ...overrides,
});
export const anApproval = (id: NodeId, people: Selector, overrides: Partial<ApproveNode> = {}): ApproveNode => ({
  ...base(id),
  kind: 'approve',
  people,
  mode: 'any',
  ifEmpty: { kind: 'admin' },
  onRefuse: { kind: 'end' },
  refuseNeeds: 'one',
  dedupe: 'consecutive',
  selfApproval: 'superior',
  control: false,
  ...overrides,
});
export const aConfirm = (id: NodeId, overrides: Partial<ConfirmNode> = {}): ConfirmNode => ({
  ...base(id),
  kind: 'confirm',
  people: requester,
  ifEmpty: { kind: 'admin' },
  onRefuse: { kind: 'end' },
  ...overrides,
});
export const aBranch = (id: NodeId, cases: BranchNode['cases'], overrides: Partial<BranchNode> = {}): BranchNode => ({
  ...base(id),
  kind: 'branch',
  every: false,
  cases,
  ...overrides,
});
export const aNotice = (id: NodeId, people: Selector, text = 'hello'): NotifyNode => ({
  ...base(id),
  kind: 'notify',
  people,
  text: () => text,
});
export const anEnd = (id: NodeId, outcome: EndNode['outcome'] = 'closed'): EndNode => ({
  ...base(id),
  kind: 'end',
  outcome,
});

/**
 * The nodes in a row, each followed by the next unless it says otherwise, each able to return to those before it.
 * @param overrides  `form` is a title unless said
 */
export function aTemplate(nodes: readonly Node[], overrides: Partial<Template> = {}): Template {
  const row = nodes.map((node, i) => ({
    ...node,
    next: node.next ?? nodes[i + 1]?.id ?? null,
    returnsTo: nodes.slice(0, i).map(({ id }) => id),
  }));
  return {
    key: 'test',
    version: 1,
    name: 'a test',
    description: '',
    keywords: [],
    number: 'T-{seq:4}',
    filing: { who: null, limit: null },
    form: [aField('title', 'text', { means: 'title' })],
    start: nodes[0]?.id ?? null,
    nodes: Object.fromEntries(row.map((node) => [node.id, node])),
    order: nodes.map(({ id }) => id),
    service: nodes.some(({ kind }) => kind === 'handle'),
    acts: theActs(),
    calendar: null,
    admin: null,
    ...overrides,
  };
}

/** What an expression reads: a value of the ticket's form, or of a node's. */
export const read = (scope: Scope, of: string, field: string): unknown =>
  (scope as Record<string, Record<string, unknown> | undefined>)[of]?.[field];

/**
 * A company of eight. rita asks; she works in `it` under ken, who is under boss; ann, bo and cy work in `it` with
 * her, dee in `law` under eve. boss heads the whole; the service's admin is adam.
 */
export const NAMES = ['rita', 'ann', 'bo', 'cy', 'dee', 'eve', 'ken', 'boss', 'adam'] as const;
export type Name = (typeof NAMES)[number];
export const id = (name: Name): PersonId => NAMES.indexOf(name) + 1;
const ids = (...names: Name[]): PersonId[] => names.map(id);

const MANAGERS: Partial<Record<Name, Name[]>> = {
  rita: ['ken'],
  ann: ['ken'],
  bo: ['ken'],
  cy: ['ken'],
  dee: ['eve'],
  eve: ['boss'],
  ken: ['boss'],
};
const DEPARTMENTS: Partial<Record<Name, string>> = { dee: 'law', eve: 'law', boss: 'all', adam: 'all' };

interface Company {
  gone?: readonly Name[];
  admins?: readonly Name[];
  roles?: Readonly<Record<string, readonly Name[]>>;
  rotas?: readonly Rota<PersonId>[];
  managers?: Partial<Record<Name, Name[]>>;
  /** Who is away, and who stands in, on the day of `NOW` (UTC). */
  away?: Readonly<Partial<Record<Name, Name>>>;
}
export function aDirectory({
  gone = [],
  admins = ['adam'],
  roles = {},
  rotas = [],
  managers = MANAGERS,
  away = {},
}: Company = {}): Directory {
  const people = NAMES.map((name): DirectoryPerson => ({
    id: id(name),
    name,
    active: !gone.includes(name),
    workspace: 'hq',
    account: name,
    places: gone.includes(name) ? [] : [{ workspace: 'hq', account: name }],
    departments: [DEPARTMENTS[name] ?? 'it'],
    managers: ids(...(managers[name] ?? [])),
  }));
  const members = (key: string): PersonId[] =>
    people.filter((one) => one.departments.includes(key)).map((one) => one.id);
  const department = (key: string, name: string, path: string, head: Name): DirectoryDepartment => ({
    workspace: 'hq',
    key,
    name,
    path,
    parent: key === 'all' ? null : 'all',
    heads: ids(head),
    members: members(key),
  });
  const departments = [
    department('all', '总公司', '总公司', 'boss'),
    department('it', 'IT部', '总公司/IT部', 'ken'),
    department('law', '法务部', '总公司/法务部', 'eve'),
  ];
  return {
    revision: 7,
    people: new Map(people.map((one) => [one.id, one])),
    accounts: new Map(people.map((one) => [`hq/${one.account}`, one.id])),
    departments: new Map(departments.map((one) => [`hq/${one.key}`, one])),
    roles: new Map(Object.entries(roles).map(([name, list]) => [name, { name, members: ids(...list) }])),
    rotas: new Map(rotas.map((rota) => [rota.name, rota])),
    substitutes: new Map(
      Object.entries(away).map(([name, to]) => [
        id(name as Name),
        [{ to: id(to), from: NOW - HOUR, until: NOW + 23 * HOUR, templates: null }],
      ]),
    ),
    calendars: CALENDARS,
    admins: ids(...admins),
  };
}

type Given<T> = T extends unknown
  ? Omit<T, 'by' | 'comment' | 'values' | 'task' | 'files'> &
      Partial<Pick<T & { values: Values; comment: string; files: readonly number[] }, 'values' | 'comment' | 'files'>>
  : never;
export type Wish = Given<Exclude<Command, { type: 'file' }>> & { readonly task?: number };

/** A ticket that is told what to do, one act after the other. What is refused throws: use `tries` to expect it. */
export interface Story {
  readonly ticket: Ticket;
  readonly events: readonly TicketEvent[];
  /** Of the last command. */
  readonly effects: readonly Effect[];
  readonly template: Template;
  readonly env: Env;
}
export interface Filing {
  readonly directory?: Directory;
  readonly by?: Name;
  readonly requester?: Name;
  readonly values?: Values;
  readonly load?: ReadonlyMap<PersonId, number>;
  readonly turns?: ReadonlyMap<NodeId, PersonId>;
}

export function filing(given: Filing = {}): Extract<Command, { type: 'file' }> {
  return {
    type: 'file',
    by: id(given.by ?? given.requester ?? 'rita'),
    requesterId: id(given.requester ?? 'rita'),
    workspace: 'hq',
    id: 1,
    number: 'T-0001',
    values: given.values ?? { title: 'printer' },
  };
}

/** @param follows  the ticket in whose place it is filed */
export function filed(template: Template, given: Filing = {}, follows?: OtherTicket): Story {
  const env: Env = {
    now: NOW,
    directory: given.directory ?? aDirectory(),
    ...(given.load ? { load: given.load } : {}),
    ...(given.turns ? { turns: given.turns } : {}),
  };
  const result = frozenStep(template, null, { ...filing(given), ...(follows ? { follows } : {}) }, env);
  return { ...accepted(result), template, env };
}

/** The act as this person's, on their own open task unless one is named; a comment comes with whatever needs one. */
export function command(story: Story, by: Name, wish: Wish): Command {
  const task = wish.task ?? taskOf(story, by)?.n ?? -1;
  const silent = {
    values: {},
    files: [],
    comment: ['refuse', 'return', 'transfer', 'withdraw', 'delegate', 'advise'].includes(wish.type) ? 'because' : '',
  };
  return { ...silent, ...wish, by: id(by), task } as unknown as Command;
}

export function tries(story: Story, by: Name, wish: Wish, env: Env = story.env): Step | Refusal {
  const result = frozenStep(story.template, story.ticket, command(story, by, wish), env);
  if ('need' in result) throw new Error(`needs ${result.need}`);
  return result;
}

export function then(story: Story, by: Name, wish: Wish, env: Partial<Env> = {}): Story {
  const next = { ...story.env, now: story.env.now + 60_000, ...env };
  const result = accepted(tries(story, by, wish, next));
  return { ...story, ...result, events: [...story.events, ...result.events], env: next };
}

function accepted(result: ReturnType<typeof step>): Step {
  if (isRefusal(result)) throw new Error(`refused: ${JSON.stringify(result)}`);
  if ('need' in result) throw new Error(`needs ${result.need}`);
  return result;
}

/** The engine on frozen input: whatever it changes in place throws. */
export function frozenStep(template: Template, ticket: Ticket | null, one: Command, env: Env): ReturnType<typeof step> {
  return step(deepFreeze(template), deepFreeze(ticket), deepFreeze(one), deepFreeze(env));
}
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (value instanceof Map) for (const inner of value.values()) deepFreeze(inner);
  else for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}

/** The first open task that this person has, or could claim. */
export const taskOf = ({ ticket }: Pick<Story, 'ticket'>, name: Name): Task | undefined =>
  ticket.tasks.find((task) => task.state === 'open' && task.people.some(({ personId }) => personId === id(name)));
export const nameById = (personId: PersonId | null): string => (personId === null ? '-' : (NAMES[personId - 1] ?? '?'));
/** `repair: ann` for one person, `repair: ann|bo` for a pool, of each task in this state. */
export const tasksIn = ({ ticket }: Pick<Story, 'ticket'>, state: Task['state'] = 'open'): string[] =>
  ticket.tasks.filter((task) => task.state === state).map(labelOf);
const labelOf = (task: Task): string =>
  `${task.node}: ${task.assigneeId === null ? task.people.map(({ personId }) => nameById(personId)).join('|') : nameById(task.assigneeId)}`;
export const types = (events: readonly TicketEvent[]): EventType[] => events.map(({ type }) => type);
export const refold = (story: Story): Ticket => fold(JSON.parse(JSON.stringify(story.events)) as TicketEvent[]);
