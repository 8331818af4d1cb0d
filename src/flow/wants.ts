/** What an act needs here and now: its row in `acts.ts`, and what the flow says about it where the ticket stands. */
import { isWritable } from '../form/check.ts';
import { type Act, type Asks, type Part, PARTS, rowOf } from './acts.ts';
import { formAt } from './formAt.ts';
import { jumpTargets } from './jumpTargets.ts';
import { mayResume, returnTargets } from './returnTargets.ts';
import { actsAt } from './run.ts';
import { signWays } from './signWays.ts';
import type { Place, Template } from './template.ts';
import type { Task, Ticket } from './ticket.ts';

export interface Want {
  readonly part: Part;
  readonly required: boolean;
  /** What may be chosen, by id; null: anything of its kind. */
  readonly options: readonly string[] | null;
  /** Required with these values of another part, which is not known yet; null: what `required` says holds. */
  readonly requiredIf: Asks | null;
}
/** What is chosen already, by part. */
export type Chosen = Readonly<Partial<Record<Part, unknown>>>;

export interface Doing {
  readonly template: Template;
  readonly ticket: Ticket;
  /** null: the ticket as a whole. */
  readonly task: Task | null;
}

/** In the order in which they are asked for. */
export function wantsOf(on: Doing, act: Act, chosen: Chosen = {}): readonly Want[] {
  const { takes, asks = {} } = rowOf(act);
  return PARTS.flatMap((part): Want[] => {
    const taking = takes[part];
    if (taking === undefined) return [];
    const depends = asks[part];
    const value = depends && chosen[depends.part];
    const isOpen = depends !== undefined && value === undefined;
    const asked = depends ? depends.is.some((one) => one === value) : (ASKED[`${act}.${part}`]?.(on) ?? false);
    const required = taking === 'required' || (taking === 'asked' && asked);
    // A few words may always be added; what else the flow does not ask for it would not heed.
    if (taking === 'asked' && !required && !isOpen && part !== 'comment') return [];
    return [{ part, required, options: optionsOf(on, act, part), requiredIf: isOpen ? depends : null }];
  });
}

/** Can anything be filled in with the act that ends this task? */
export function hasForm(template: Template, task: Task): boolean {
  if (task.kind === 'edit') return true;
  const { form, fields } = formAt(template, task);
  const opened = Object.values(fields).some((access) => access === 'editable' || access === 'required');
  return opened || form.some((field) => isWritable(field, {}));
}

const withForm = ({ template, task }: Doing): boolean => task !== null && hasForm(template, task);

/** Whether the flow asks for it. */
const ASKED: Readonly<Partial<Record<`${Act}.${Part}`, (on: Doing) => boolean>>> = {
  'complete.values': withForm,
  'agree.values': withForm,
  'submit.values': withForm,
  'return.then': ({ template, ticket, task }) =>
    task !== null &&
    template.nodes[task.node]?.afterReturn === 'ask' &&
    returnTargets(template, ticket, task).some((to) => mayResume(template, task, to)),
  'withdraw.comment': ({ template, ticket }) =>
    ticket.tokens.some(({ node }) => actsAt(template, node).withdraw === 'any_time_with_reason'),
};

/** Where a part's options depend on the flow. */
const OPTIONS: Readonly<Partial<Record<`${Act}.${Part}`, (on: Doing) => readonly Place[]>>> = {
  'return.to': ({ template, ticket, task }) => (task ? returnTargets(template, ticket, task) : []),
  'add_sign.how': ({ template, ticket, task }) => (task ? signWays(template, ticket, task) : []),
  'jump.to': ({ template }) => jumpTargets(template),
};

function optionsOf(on: Doing, act: Act, part: Part): readonly string[] | null {
  const own = OPTIONS[`${act}.${part}`];
  if (own) return own(on);
  switch (part) {
    case 'how':
      return rowOf(act).how ?? [];
    case 'reason':
      return rowOf(act).reasons ?? [];
    case 'then':
      return ['rerun', 'resume'];
    case 'category':
    case 'urgency':
      return on.template.form.find(({ means }) => means === part)?.options.map(({ value }) => value) ?? null;
    default:
      return null;
  }
}
