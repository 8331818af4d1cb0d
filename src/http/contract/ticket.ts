/** Tickets: in lists, whole, and what can be done to them. */
import { z } from 'zod';
import { FIELD_TYPES, MEANINGS } from '../../form/field.ts';
import { ACT_NAMES, type Part, PARTS, rowOf } from '../../flow/acts.ts';
import { SIGN_WAYS, STATUSES } from '../../flow/ticket.ts';
import { REFUSAL_CODES } from '../../lib/refusal.ts';
import { FormState } from './form.ts';
import { TemplateLine } from './template.ts';
import { Attachment, FieldValue, GivenValues, Id, Person, Time } from './value.ts';

export const Act = z.enum(ACT_NAMES);
export const TaskKind = z.enum(['handle', 'approve', 'confirm', 'edit', 'rescue', 'dispatch', 'advise']);
export const Status = z.enum(STATUSES);

/** A line of a list. */
export const TicketLine = z.object({
  id: z.number().int(),
  number: z.string(),
  title: z.string(),
  status: Status,
  /** In words. */
  statusText: z.string(),
  urgency: z.string(),
  template: z.object({ key: z.string(), name: z.string() }),
  requester: Person,
  assignee: Person.nullable(),
  filedAt: Time,
  version: z.number().int(),
});

export const TicketPage = z.object({
  tickets: z.array(TicketLine),
  /** `before` of the next page; null: this was the last. */
  next: z.number().int().nullable(),
});

export const TicketQuery = z.strictObject({
  /** `mine`: what I asked for. `cc`: what was copied to me; takes no other filter. `all`: whatever there is, for those who may see all. */
  view: z.enum(['mine', 'cc', 'all']).default('mine'),
  status: Status.optional(),
  template: z.string().max(64).optional(),
  /** Words of the title. */
  q: z.string().max(100).optional(),
  /** Only tickets with an id below this one. */
  before: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

/** Something for me to do. */
export const TodoLine = TicketLine.extend({
  /** The task's number in the ticket. */
  task: z.number().int(),
  kind: TaskKind,
  kindText: z.string(),
  openedAt: Time,
});
export const TodoPage = z.object({ tasks: z.array(TodoLine), next: z.number().int().nullable() });
export const PageQuery = z.strictObject({
  before: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const ShownValue = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(FIELD_TYPES),
  means: z.enum(MEANINGS).nullable(),
  value: FieldValue,
  text: z.string(),
  /** Of a table: labels of its columns, and every row in words. Others: null. */
  table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).nullable(),
});

export const TicketTask = z.object({
  n: z.number().int(),
  kind: TaskKind,
  kindText: z.string(),
  /** Name of the step. */
  node: z.string(),
  state: z.enum([
    'waiting',
    'open',
    'delegated',
    'done:complete',
    'done:agree',
    'done:refuse',
    'done:returned',
    'done:submit',
    'done:retry',
    'done:skip',
    'done:dispatch',
    'done:advise',
    'closed',
    'cancelled',
    'removed',
  ]),
  stateText: z.string(),
  /** null: whoever of `people` takes it first. */
  assignee: Person.nullable(),
  people: z.array(Person),
  /** How it was added to another task, and to which; null: the step's own rule asked. */
  via: z.enum([...SIGN_WAYS, 'delegate']).nullable(),
  parent: z.number().int().nullable(),
  /** Why these people. */
  rule: z.string(),
  /** How often somebody asked for it to be done. */
  urged: z.number().int(),
  openedAt: Time,
  acceptedAt: Time.nullable(),
  doneAt: Time.nullable(),
  version: z.number().int(),
});

export const TimelineItem = z.object({
  seq: z.number().int(),
  at: Time,
  type: z.string(),
  /** null: the service itself. */
  actor: Person.nullable(),
  /** One sentence, who did it included. */
  text: z.string(),
  /** What the person said; `''`: nothing. */
  comment: z.string(),
  /** What was filled in. `before`: what stood there, where a value was changed; `''`: nothing. */
  values: z.array(ShownValue.extend({ before: z.string().nullable() })),
  files: z.array(Attachment),
});

/** What may be given for a part of an act. */
export const PartOption = z.object({
  id: z.string(),
  text: z.string(),
  /** Of a step to return to: how many people's finished work in other branches is given up. */
  givenUp: z.number().int().optional(),
  /** Of a step to return to: whether `then` may be `resume`. */
  mayResume: z.boolean().optional(),
});
export const ActPart = z.object({
  /** Its name in the body. */
  part: z.enum(PARTS),
  label: z.string(),
  required: z.boolean(),
  /** Required, and else often not taken, with these values of another part. */
  requiredIf: z.object({ part: z.enum(PARTS), is: z.array(z.string()) }).nullable(),
  /** null: anything of its kind; a person is found by GET /api/v1/people. */
  options: z.array(PartOption).nullable(),
});
/** What I may do, and what comes with it. */
export const PossibleAct = z.object({
  act: Act,
  text: z.string(),
  commentRequired: z.boolean(),
  parts: z.array(ActPart),
});
/** What I may do with one task. */
export const PossibleTask = z.object({
  n: z.number().int(),
  version: z.number().int(),
  acts: z.array(PossibleAct),
  /** To be sent with `complete`, `agree`, `refuse` (nothing required then) or `submit`; null: none. */
  form: FormState.nullable(),
  returnTargets: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Whom `dispatch` offers first; anyone else may be picked as well. */
  candidates: z.array(Person),
  /** Who may be the `person` of `remove_sign`. */
  removable: z.array(Person),
});

/** Another ticket that belongs to this one. */
export const RelatedTicket = z.object({
  id: z.number().int(),
  /** In words, with its number where that is known. */
  text: z.string(),
});

export const TicketWhole = TicketLine.extend({
  /** The ticket that filed this one, those that this one filed, and those it was merged with or took the place of. */
  related: z.array(RelatedTicket),
  /** Where it stands and who is on it, in one sentence. */
  stands: z.string(),
  outcome: z.string().nullable(),
  outcomeText: z.string(),
  category: z.string(),
  filer: Person,
  waitingFor: z.array(Person),
  /** Who was shown it. */
  copied: z.array(Person),
  firstResponseAt: Time.nullable(),
  resolvedAt: Time.nullable(),
  closedAt: Time.nullable(),
  fields: z.array(ShownValue),
  /** What was filled in at the steps. */
  results: z.array(z.object({ node: z.string(), fields: z.array(ShownValue) })),
  tasks: z.array(TicketTask),
  /** Oldest first. */
  timeline: z.array(TimelineItem),
  attachments: z.array(Attachment),
  possible: z.object({
    ticket: z.array(PossibleAct),
    tasks: z.array(PossibleTask),
    /** Offer to file it once more, in its place: GET /api/v1/tickets/{id}/again. */
    again: z.boolean(),
  }),
});

/** 再次提交: the form of a ticket that is over, to be filed once more with `follows`. */
export const Again = z.object({
  template: TemplateLine,
  /** With the old ticket's values, as far as the published version still has their fields and takes them. */
  form: FormState,
  requester: Person,
  follows: z.object({ id: z.number().int(), number: z.string() }),
});

export const FileBody = z.strictObject({
  template: z.string().min(1).max(64),
  values: GivenValues,
  /** Filing in somebody's name, for those who may; absent: for oneself, or whose ticket `follows` names. */
  requester: z.number().int().min(1).optional(),
  /**
   * The id of a ticket that is over, in whose place its requester (or who filed it for them) files this one (再次提交):
   * both name each other. One can be filed in its place. Files of the old ticket may be named: the new one gets copies.
   */
  follows: Id.optional(),
});

const personId = z.number().int().min(1);
const PART = {
  values: GivenValues,
  comment: z.string().max(10_000).describe('Reason, solution, or the comment itself'),
  files: z.array(z.number().int().min(1)).max(20).describe('Attachments'),
  // A person's id is how `transfer` was told to whom before `person` was there.
  to: z.union([personId, z.string().min(1).max(64)]).describe('A step, as the act offers them'),
  person: personId.describe('A person’s id'),
  people: z.array(personId).min(1).max(50).describe('People’s ids'),
  how: z.string().max(32),
  reason: z.string().max(32),
  until: Time.min(0),
  other: z.string().min(1).max(64).describe('Another ticket’s number'),
  template: z.string().min(1).max(64).describe('Key of a template'),
  category: z.string().max(255),
  urgency: z.string().max(32),
  then: z.enum(['rerun', 'resume']).describe('All steps in between once more, or straight back'),
  again: z.boolean().describe('Dispatch anew'),
} as const satisfies Readonly<Record<Part, z.ZodType>>;

/** `return (to, then?, comment)` for each act, as its row says. */
const TAKEN = ACT_NAMES.map((act) => {
  const { takes } = rowOf(act);
  const parts = PARTS.filter((part) => takes[part]).map((part) => (takes[part] === 'required' ? part : `${part}?`));
  return `${act} (${parts.join(', ')})`;
}).join('; ');

export const ActBody = z
  .strictObject({
    act: Act,
    /** The task's number; for acts on a task. */
    task: z.number().int().min(1).optional(),
    /** The task's version as it was shown; another one is refused. */
    version: z.number().int().min(1).optional(),
    /** The ticket's version as it was shown; another one is refused. */
    ticketVersion: z.number().int().min(1).optional(),
    ...z.object(PART).partial().shape,
  })
  .describe(`What each act takes: ${TAKEN}`);

export const BulkBody = z.strictObject({
  tasks: z
    .array(
      z.strictObject({
        /** The ticket's id. */
        ticket: z.number().int().min(1),
        /** The task's number in it. */
        task: z.number().int().min(1),
        /** The task's version as it was shown; another one is refused. */
        version: z.number().int().min(1),
      }),
    )
    .min(1)
    .max(50),
});
/** In the order in which they were asked for. */
export const BulkResults = z.object({
  results: z.array(
    z.object({
      ticket: z.number().int(),
      task: z.number().int(),
      /** null: it was agreed to. */
      code: z.enum(REFUSAL_CODES).nullable(),
      /** What happened, in words. */
      text: z.string(),
    }),
  ),
});

/** Of an accepted command; sent again under the same Idempotency-Key, the same. */
export const Receipt = z.object({
  id: z.number().int(),
  number: z.string(),
  status: Status,
  version: z.number().int(),
});

export type Act = z.output<typeof Act>;
export type TicketLine = z.output<typeof TicketLine>;
export type TodoLine = z.output<typeof TodoLine>;
export type TicketWhole = z.output<typeof TicketWhole>;
export type TimelineItem = z.output<typeof TimelineItem>;
export type TicketTask = z.output<typeof TicketTask>;
export type ShownValue = z.output<typeof ShownValue>;
export type PossibleAct = z.output<typeof PossibleAct>;
export type ActPart = z.output<typeof ActPart>;
export type PossibleTask = z.output<typeof PossibleTask>;
export type ActBody = z.output<typeof ActBody>;
export type BulkResults = z.output<typeof BulkResults>;
export type Again = z.output<typeof Again>;
export type Receipt = z.output<typeof Receipt>;
