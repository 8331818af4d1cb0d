/** What an act still needs to know, asked one after the other in the chat: from the ticket and the answers so far. */
import { askedKey } from '../card/asked.ts';
import { numbered } from '../card/askText.ts';
import { askPart } from '../card/askPart.ts';
import { optionText } from '../card/partWords.ts';
import { formAt } from '../flow/formAt.ts';
import { nodeScope } from '../flow/formScope.ts';
import { givenUp, mayResume } from '../flow/returnTargets.ts';
import { type Want, wantsOf } from '../flow/wants.ts';
import type { Field } from '../form/field.ts';
import { shownFields, type ShownField } from '../form/shown.ts';
import type { Words } from '../lib/locale.ts';
import { askField, isTypable, readField } from './fields.ts';
import { type Answers, chosenIn, fieldValues, type OnAct, type Read, readPart } from './parts.ts';
import { inTheirs, type Talk } from './talk.ts';

export interface Question {
  /** Under which the answer is kept. */
  readonly key: string;
  readonly ask: Words;
  /** One of some is the answer; else whatever is said. */
  readonly isChoice: boolean;
  readonly read: (text: string) => Promise<Read>;
}

/** The first question without an answer; null: the act can be done. */
export function nextQuestion(talk: Talk, on: OnAct, answers: Answers): Question | null {
  for (const want of wantsOf(on, on.act, chosenIn(answers))) {
    const question = want.part === 'values' ? fieldQuestion(talk, on, want, answers) : isOpen(on, want, answers) && partQuestion(talk, on, want, answers); // prettier-ignore
    if (question) return question;
  }
  return null;
}

function isOpen({ template, task }: OnAct, { part, required, options }: Want, answers: Answers): boolean {
  if (!required || answers[askedKey(part)] !== undefined || options?.length === 1) return false;
  const to = answers[askedKey('to')];
  return part !== 'then' || (task !== null && typeof to === 'string' && mayResume(template, task, to));
}

/** The form of the task's node, as it stands with these answers. */
export function nodeFields(talk: Talk, { template, ticket, task }: OnAct, answers: Answers): ShownField[] {
  const node = task && template.nodes[task.node];
  if (!node) return [];
  const scope = nodeScope(template, ticket, node.id, talk.person.id, talk);
  return shownFields({ fields: formAt(template, task).form, access: {}, values: fieldValues(answers), scope });
}

/** Required fields, and short choices beside them: a switch left alone would silently mean "no". */
function fieldQuestion(talk: Talk, on: OnAct, { required: asked }: Want, answers: Answers): Question | null {
  if (!asked) return null;
  const open = nodeFields(talk, on, answers).find(
    ({ field, writable, required }) =>
      writable && answers[field.id] === undefined && isTypable(field) && (required || isShort(field)),
  );
  if (!open) return null;
  const { field } = open;
  return {
    key: field.id,
    ask: askField(field, talk),
    isChoice: field.options.length > 0,
    read: async (text) => {
      const read = readField(text, field, talk);
      return 'value' in read ? { answers: { [field.id]: read.value } } : read;
    },
  };
}

const isShort = (field: Field): boolean => field.type === 'switch' || field.type === 'radio';

function partQuestion(talk: Talk, on: OnAct, want: Want, answers: Answers): Question {
  const { part } = want;
  const options = want.options?.map((id) => optionText(on.template, part, id, talk.locale)) ?? null;
  const listed = want.options?.map((id, i) => `${options?.[i] ?? id}${costText(talk, on, part, id)}`);
  const kind = on.task?.kind ?? null;
  const reasonToo = part === 'person' && lacksReason(on, answers);
  const about = { number: on.ticket.number, options: listed && numbered(listed), kind, reasonToo };
  return {
    key: askedKey(part),
    ask: askPart(on.act, part, about),
    isChoice: options !== null,
    read: (text) => readPart(talk, on, want, text),
  };
}

const lacksReason = (on: OnAct, answers: Answers): boolean =>
  answers[askedKey('comment')] === undefined &&
  wantsOf(on, on.act).some(({ part, required }) => part === 'comment' && required);

/** What going back there gives up. */
function costText(talk: Talk, { act, template, ticket, task }: OnAct, part: Want['part'], id: string): string {
  const lost = act === 'return' && part === 'to' && task ? givenUp(template, ticket, task, id) : 0;
  if (lost === 0) return '';
  const zh = `（其他并行环节已完成的 ${lost} 项工作要重做）`;
  return inTheirs(talk, { zh, en: ` (work that ${lost} others have finished is done again)` });
}
