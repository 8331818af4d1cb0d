/** What an act still needs to know, asked one after the other in the chat. Pure: from the ticket and the answers so far. */
import { ASKED } from '../card/asked.ts';
import { askText, numbered } from '../card/askText.ts';
import { returnName } from '../card/returnName.ts';
import type { PersonCommand } from '../ticket/commands.ts';
import { nodeScope } from '../flow/formScope.ts';
import type { PossibleActs } from '../flow/query.ts';
import type { Template } from '../flow/template.ts';
import type { Task, Ticket } from '../flow/ticket.ts';
import type { Field, Value, Values } from '../form/field.ts';
import { shownFields, type ShownField } from '../form/shown.ts';
import type { Words } from '../lib/locale.ts';
import { askField, isTypable, readField } from './fields.ts';
import { personNamed, type Talk } from './talk.ts';

export type AskedAct = 'complete' | 'agree' | 'refuse' | 'return' | 'transfer' | 'dispatch';
export type Answers = Readonly<Record<string, Value>>;

export interface Question {
  /** Under which the answers are kept; `ASKED` for what is no field. */
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
      return answers[ASKED.comment] === undefined
        ? commentQuestion(on.task.kind === 'confirm' ? askText.askReason.notSolved : askText.askReason.refuse)
        : null;
    case 'return':
      return returnQuestion(talk, on, answers);
    case 'transfer':
      return answers[ASKED.person] === undefined ? personQuestion(talk) : null;
    case 'dispatch':
      return answers[ASKED.person] === undefined ? handlerQuestion(talk) : null;
  }
}

/** The form of the task's node, as it stands with these answers. */
export function nodeFields(talk: Talk, { template, ticket, task }: OnTask, answers: Answers): ShownField[] {
  const node = template.nodes[task.node];
  if (!node) return [];
  const scope = nodeScope(template, ticket, node.id, talk.person.id, talk);
  return shownFields({ fields: node.form, access: {}, values: fieldValues(answers), scope });
}

/** Required fields, and short choices beside them: a switch left alone would silently mean "no". */
function fieldQuestion(talk: Talk, on: OnTask, answers: Answers): Question | null {
  const open = nodeFields(talk, on, answers).find(
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
  key: ASKED.comment,
  ask,
  read: (text) => ({ answers: { [ASKED.comment]: text.trim() } }),
});

function returnQuestion(talk: Talk, { possible, template }: OnTask, answers: Answers): Question | null {
  const targets = possible?.returnTargets ?? [];
  if (answers[ASKED.target] === undefined && targets.length > 1) {
    const names = targets.map((target) => returnName(template, target, talk.locale));
    return {
      key: ASKED.target,
      ask: askText.askTarget(numbered(names)),
      read: (text) => {
        const said = text.normalize('NFKC').trim();
        const target = targets[Number(said) - 1] ?? targets[names.indexOf(said)];
        return target === undefined ? { problem: askText.optionUnclear } : { answers: { [ASKED.target]: target } };
      },
    };
  }
  return answers[ASKED.comment] === undefined ? commentQuestion(askText.askReason.return) : null;
}

/** A name and a reason in one message. */
function personQuestion(talk: Talk): Question {
  return {
    key: ASKED.person,
    ask: askText.askPerson,
    read: (text) => {
      const said = text.trim();
      const [name = '', ...rest] = said.split(/[\s,，、:：]+/);
      const whole = personNamed(talk.directory, talk.person.workspace, said);
      if (whole !== null) return { problem: askText.reasonMissing };
      const person = personNamed(talk.directory, talk.person.workspace, name);
      if (person === null) return { problem: askText.personUnclear(name) };
      const reason = rest.join(' ').trim();
      return reason
        ? { answers: { [ASKED.person]: person, [ASKED.comment]: reason } }
        : { problem: askText.reasonMissing };
    },
  };
}

function handlerQuestion(talk: Talk): Question {
  return {
    key: ASKED.person,
    ask: askText.askHandler,
    read: (text) => {
      const person = personNamed(talk.directory, talk.person.workspace, text.trim());
      return person === null
        ? { problem: askText.personUnclear(text.trim()) }
        : { answers: { [ASKED.person]: person } };
    },
  };
}

const fieldValues = (answers: Answers): Values =>
  Object.fromEntries(Object.entries(answers).filter(([key]) => !key.startsWith('_')));

const textIn = (answers: Answers, key: string): string | null => {
  const given = answers[key];
  return typeof given === 'string' ? given : null;
};

/** The command, once every question has its answer. */
export function commandFrom(
  act: AskedAct,
  by: number,
  on: OnTask,
  taskVersion: number,
  answers: Answers,
): PersonCommand {
  const base = { by, task: on.task.n, taskVersion };
  const comment = textIn(answers, ASKED.comment) ?? '';
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
        to: textIn(answers, ASKED.target) ?? on.possible?.returnTargets[0] ?? 'filing',
        comment,
      };
    case 'transfer':
    case 'dispatch':
      return { type: act, ...base, person: Number(answers[ASKED.person]), comment };
  }
}
