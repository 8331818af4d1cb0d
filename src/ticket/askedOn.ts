/** What a card asks: of the act that was pressed, or of the one that the work in hand ends with. */
import { askedInputs, askedKey, type Asked, type Asking } from '../card/asked.ts';
import { lookOf, type Surroundings } from '../card/view.ts';
import type { Directory, PersonId } from '../flow/directory.ts';
import { formAt } from '../flow/formAt.ts';
import { nodeScope } from '../flow/formScope.ts';
import { isTaskAct, PARTS } from '../flow/acts.ts';
import type { PossibleActs } from '../flow/query.ts';
import type { Template } from '../flow/template.ts';
import { isOpen, type Task, type Ticket } from '../flow/ticket.ts';
import { wantsOf } from '../flow/wants.ts';
import { shownFields } from '../form/shown.ts';
import type { Locale } from '../lib/locale.ts';

interface LookedAt {
  readonly directory: Directory;
  readonly template: Template;
  readonly ticket: Ticket;
  readonly task: Task | null;
  readonly personId: PersonId;
  readonly acts: PossibleActs;
}

/** Work in hand ends with its result: the card asks for that by itself. */
export const firstNeed = (task: Task | null): Asking | null =>
  task && isOpen(task) && task.kind === 'handle' && task.acceptedAt !== null
    ? { act: 'complete', pressed: false }
    : null;

/** @returns null when nothing is asked, or the person may not do it */
export function askedOf(
  { template, ticket, task, personId, acts, directory }: LookedAt,
  asking: Asking | null,
  around: Surroundings,
  locale: Locale,
): Asked | null {
  if (!asking) return null;
  const possible = acts.tasks.find(({ n }) => n === task?.n);
  if (!possible?.acts.includes(asking.act) && !acts.ticket.includes(asking.act)) return null;
  const node = task && template.nodes[task.node];
  const scope = node && nodeScope(template, ticket, node.id, personId, { directory, now: around.now });
  const fields = scope ? shownFields({ fields: formAt(template, task).form, access: {}, values: {}, scope }) : [];
  // What is chosen stands in the inputs by its id.
  const chosen = PARTS.flatMap((part) => {
    const [value] = asking.given?.[askedKey(part)] ?? [];
    return value ? [[part, value] as const] : [];
  });
  const on = { template, ticket, task: isTaskAct(asking.act) ? task : null };
  const wants = wantsOf(on, asking.act, Object.fromEntries(chosen));
  const inputs = askedInputs(asking, { template, kind: task?.kind ?? null, fields, wants }, lookOf(around, locale));
  return { act: asking.act, pressed: asking.pressed, inputs };
}
