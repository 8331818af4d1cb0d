/** What an act needs to know, as inputs on the card itself: where a platform has no such inputs, the chat asks the same. */
import type { Act } from '../flow/acts.ts';
import type { ReturnTarget } from '../flow/template.ts';
import type { TaskKind } from '../flow/ticket.ts';
import type { Look } from '../form/rule.ts';
import type { ShownField } from '../form/shown.ts';
import { inWords, type Words } from '../lib/locale.ts';
import type { CardInput } from './card.ts';
import { cardInput } from './cardInput.ts';

/** Names of inputs that are no field of a form; no field's id begins so. */
export const ASKED = { comment: '_comment', target: '_target', person: '_person' } as const;

/** What was given on a card: by input, chosen ids or one text. */
export type Given = Readonly<Record<string, readonly string[]>>;

export interface Asked {
  readonly act: Act;
  /** Somebody pressed the act's button; else it is what the card asks by itself. */
  readonly pressed: boolean;
  readonly inputs: readonly CardInput[];
}

export interface Asking {
  readonly act: Act;
  readonly pressed: boolean;
  /** Stands in the inputs again, after something was missing. */
  readonly given?: Given;
}

interface On {
  /** null: the ticket as a whole. */
  readonly kind: TaskKind | null;
  /** Of the node's own form. */
  readonly fields: readonly ShownField[];
  readonly targets: readonly { readonly id: ReturnTarget; readonly name: string }[];
}

export function askedInputs({ act, given = {} }: Asking, on: On, look: Look): CardInput[] {
  return inputsOf(act, on, look).map((input) => {
    const before = given[input.key];
    return before ? { ...input, value: before } : input;
  });
}

function inputsOf(act: Act, { kind, fields, targets }: On, look: Look): CardInput[] {
  const words = (label: Words, required = true) => text(ASKED.comment, label, required, look);
  switch (act) {
    case 'complete':
    case 'agree':
      return fields.flatMap((field) => cardInput(field, look) ?? []);
    case 'refuse':
      return [words(kind === 'confirm' ? UNSOLVED : REASON)];
    case 'return':
      return [...(targets.length > 1 ? [target(targets, look)] : []), words(REASON)];
    case 'transfer':
      return [{ ...text(ASKED.person, PERSON, true, look), kind: 'text' }, words(REASON)];
    case 'comment':
      return [words(COMMENT)];
    case 'withdraw':
      return [words(REASON)];
    case 'dispatch':
      return [{ ...text(ASKED.person, HANDLER, true, look), kind: 'text' }];
    case 'release':
    case 'claim':
    case 'accept':
    case 'submit':
    case 'retry':
    case 'skip':
      return [];
  }
}

const REASON = { zh: '原因', en: 'Reason' };
const UNSOLVED = { zh: '哪里还没解决', en: 'What is not solved' };
const PERSON = { zh: '转交给（姓名或账号）', en: 'To whom (name or account)' };
const HANDLER = { zh: '派给（姓名或账号）', en: 'Who handles it (name or account)' };
const COMMENT = { zh: '补充内容', en: 'Comment' };
const TARGET = { zh: '退回到', en: 'Return to' };

const text = (key: string, label: Words, required: boolean, { locale }: Look): CardInput => ({
  key,
  label: inWords(label, locale),
  kind: 'longtext',
  required,
  options: [],
  value: [],
});

const target = (targets: On['targets'], { locale }: Look): CardInput => ({
  key: ASKED.target,
  label: inWords(TARGET, locale),
  kind: 'choice',
  required: true,
  options: targets.map(({ id, name }) => ({ id, text: name })),
  value: [],
});
