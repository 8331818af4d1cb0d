/** What an act still needs to know, asked one after the other in the chat. Pure: from the ticket and the answers so far. */
import { askText, numbered } from '../card/askText.ts';
import type { ActCommand } from '../ticket/commands.ts';
import { nodeScope } from '../flow/formScope.ts';
import type { PossibleActs } from '../flow/query.ts';
import type { ReturnTarget, Template } from '../flow/template.ts';
import type { Task, Ticket } from '../flow/ticket.ts';
import type { Field, Value, Values } from '../form/field.ts';
import { shownFields } from '../form/shown.ts';
import { inWords, type Words } from '../lib/locale.ts';
import { askField, isTypable, readField } from './fields.ts';
import { personNamed, type Talk } from './talk.ts';

export type AskedAct = 'complete' | 'agree' | 'refuse' | 'return' | 'transfer';
export type Answers = Readonly<Record<string, Value>>;

export interface Question {
  /** Under which the answers are kept; `#…` for what is no field. */
  readonly key: string;
  readonly ask: Words;
  readonly read: (text: string) => { readonly answers: Answers } | { readonly problem: Words };
}

export interface OnTask {
  readonly template: Template;
  readonly ticket: Ticket;
  readonly task: Task;
  readonly possible: PossibleActs['tasks'][number] | null;
}

/** The first question without an answer; null: the act can be done. */
export function nextQuestion(talk: Talk, act: AskedAct, on: OnTask, answers: Answers): Question | null {
  switch (act) {
    case 'complete':
    case 'agree':
      return fieldQuestion(talk, on, answers);
    case 'refuse':
      return answers['#comment'] === undefined
        ? commentQuestion(on.task.kind === 'confirm' ? askText.askReason.notSolved : askText.askReason.refuse)
        : null;
    case 'return':
      return returnQuestion(talk, on, answers);
    case 'transfer':
      return answers['#person'] === undefined ? personQuestion(talk) : null;
  }
}

/** Required fields, and short choices beside them: a switch left alone would silently mean "no". */
function fieldQuestion(talk: Talk, { template, ticket, task }: OnTask, answers: Answers): Question | null {
  const node = template.nodes[task.node];
  if (!node) return null;
  const values = fieldValues(answers);
  const scope = nodeScope(template, ticket, node.id, talk.person.id, talk);
  const fields = shownFields({ fields: node.form, access: {}, values, scope });
  const open = fields.find(
    ({ field, writable, required }) =>
      writable && answers[field.id] === undefined && isTypable(field) && (required || isShort(field)),
  );
  if (!open) return null;
  const { field } = open;
  return {
    key: field.id,
    ask: askField(field, talk),
    read: (text) => {
      const read = readField(text, field, talk);
      return 'value' in read ? { answers: { [field.id]: read.value } } : read;
    },
  };
}

const isShort = (field: Field): boolean => field.type === 'switch' || field.type === 'radio';

const commentQuestion = (ask: Words): Question => ({
  key: '#comment',
  ask,
  read: (text) => ({ answers: { '#comment': text.trim() } }),
});

function returnQuestion(talk: Talk, { possible, template }: OnTask, answers: Answers): Question | null {
  const targets = possible?.returnTargets ?? [];
  if (answers['#target'] === undefined && targets.length > 1) {
    const names = targets.map((target) => targetName(template, target, talk));
    return {
      key: '#target',
      ask: askText.askTarget(numbered(names)),
      read: (text) => {
        const said = text.normalize('NFKC').trim();
        const target = targets[Number(said) - 1] ?? targets[names.indexOf(said)];
        return target === undefined ? { problem: askText.optionUnclear } : { answers: { '#target': target } };
      },
    };
  }
  return answers['#comment'] === undefined ? commentQuestion(askText.askReason.return) : null;
}

function targetName(template: Template, target: ReturnTarget, talk: Talk): string {
  return target === 'filing'
    ? inWords({ zh: '提报人修改', en: 'The requester corrects it' }, talk.locale)
    : (template.nodes[target]?.name ?? target);
}

/** A name and a reason in one message. */
function personQuestion(talk: Talk): Question {
  return {
    key: '#person',
    ask: askText.askPerson,
    read: (text) => {
      const said = text.trim();
      const [name = '', ...rest] = said.split(/[\s,，、:：]+/);
      const whole = personNamed(talk.directory, talk.person.workspace, said);
      if (whole !== null) return { problem: askText.reasonMissing };
      const person = personNamed(talk.directory, talk.person.workspace, name);
      if (person === null) return { problem: askText.personUnclear(name) };
      const reason = rest.join(' ').trim();
      return reason ? { answers: { '#person': person, '#comment': reason } } : { problem: askText.reasonMissing };
    },
  };
}

const fieldValues = (answers: Answers): Values =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => !key.startsWith('#')));

const textIn = (answers: Answers, key: string): string | null => {
  const given = answers[key];
  return typeof given === 'string' ? given : null;
};

/** The command, once every question has its answer. */
export function commandFrom(act: AskedAct, by: number, on: OnTask, taskVersion: number, answers: Answers): ActCommand {
  const base = { by, task: on.task.n, taskVersion };
  const comment = textIn(answers, '#comment') ?? '';
  const values = fieldValues(answers);
  switch (act) {
    case 'complete':
    case 'agree':
    case 'refuse':
      return { type: act, ...base, values, comment };
    case 'return':
      return {
        type: act,
        ...base,
        to: textIn(answers, '#target') ?? on.possible?.returnTargets[0] ?? 'filing',
        comment,
      };
    case 'transfer':
      return { type: act, ...base, to: Number(answers['#person']), comment };
  }
}
