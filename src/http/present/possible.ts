/** What a reader may do with a ticket, with the form of each task. */
import { optionText, partWords } from '../../card/partWords.ts';
import { actWords } from '../../card/words.ts';
import type { Act, Part } from '../../flow/acts.ts';
import { formAt } from '../../flow/formAt.ts';
import { nodeScope } from '../../flow/formScope.ts';
import { givenUp, mayResume } from '../../flow/returnTargets.ts';
import type { Template } from '../../flow/template.ts';
import type { Task, Ticket } from '../../flow/ticket.ts';
import { type Doing, wantsOf } from '../../flow/wants.ts';
import { inWords, type Locale } from '../../lib/locale.ts';
import type { PossibleAct } from '../contract/ticket.ts';
import type { FormPart } from './form.ts';
import type { Reader } from './reader.ts';

export function presentAct(on: Doing, act: Act, { locale }: Reader): PossibleAct {
  const wants = wantsOf(on, act);
  return {
    act,
    text: inWords(actWords(act, on.task?.kind ?? null), locale),
    commentRequired: wants.some(({ part, required }) => part === 'comment' && required),
    parts: wants.map(({ part, required, requiredIf, options }) => ({
      part,
      label: inWords(partWords(act, part, on.task?.kind ?? null), locale),
      required,
      requiredIf: requiredIf && { part: requiredIf.part, is: [...requiredIf.is] },
      options: options && options.map((id) => presentOption(on, act, part, id, locale)),
    })),
  };
}

function presentOption({ template, ticket, task }: Doing, act: Act, part: Part, id: string, locale: Locale) {
  const option = { id, text: optionText(template, part, id, locale) };
  if (act !== 'return' || part !== 'to' || !task) return option;
  return { ...option, givenUp: givenUp(template, ticket, task, id), mayResume: mayResume(template, task, id) };
}

/** What is filled in with an act on this task: the node's own form, and the fields of the ticket's form that it opens. */
export function taskForm(template: Template, ticket: Ticket, task: Task, reader: Reader): FormPart[] {
  const scope = (node: string) => nodeScope(template, ticket, node, reader.personId, reader);
  const before = ticket.values['form'] ?? {};
  if (task.kind === 'edit')
    return [{ fields: template.form, access: {}, scope: scope('form'), before, prefix: '', writableOnly: false }];
  const { form, fields } = formAt(template, task);
  const access = Object.fromEntries(template.form.map(({ id }) => [id, fields[id] ?? ('readonly' as const)]));
  const opens = Object.values(access).some((one) => one === 'editable' || one === 'required');
  return [
    ...(form.length > 0
      ? [{ fields: form, access: {}, scope: scope(task.node), prefix: '', writableOnly: false }]
      : []),
    ...(opens
      ? [{ fields: template.form, access, scope: scope('form'), before, prefix: 'form.', writableOnly: true }]
      : []),
  ];
}
