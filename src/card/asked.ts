/** What an act needs to know, as inputs on the card itself: where a platform has no such inputs, the chat asks the same. */
import type { Act, Part } from '../flow/acts.ts';
import type { Template } from '../flow/template.ts';
import type { TaskKind } from '../flow/ticket.ts';
import type { Want } from '../flow/wants.ts';
import type { Look } from '../form/rule.ts';
import type { ShownField } from '../form/shown.ts';
import { inWords, type Words } from '../lib/locale.ts';
import type { CardInput } from './card.ts';
import { cardInput } from './cardInput.ts';
import { optionText, partWords } from './partWords.ts';

/** Names the input of a part; no field's id begins so. */
export const askedKey = (part: Part): string => `_${part}`;

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
  readonly template: Template;
  /** null: the ticket as a whole. */
  readonly kind: TaskKind | null;
  /** Of the node's own form. */
  readonly fields: readonly ShownField[];
  readonly wants: readonly Want[];
}

export function askedInputs({ act, given = {} }: Asking, on: On, look: Look): CardInput[] {
  return inputsOf(act, on, look).map((input) => {
    const before = given[input.key];
    return before ? { ...input, value: before } : input;
  });
}

/** Nothing is asked of whoever needs to say nothing; a step's form stands alone. */
function inputsOf(act: Act, { template, kind, fields, wants }: On, look: Look): CardInput[] {
  const needed = wants.filter(({ required }) => required);
  if (needed.some(({ part }) => part === 'values')) return fields.flatMap((field) => cardInput(field, look) ?? []);
  if (needed.length === 0) return [];
  return wants.flatMap(({ part, required, options }): CardInput[] => {
    if (ELSEWHERE.includes(part) || (required && options?.length === 1)) return [];
    const ids = options ?? (part === 'again' ? ['true', 'false'] : []);
    return [
      {
        key: askedKey(part),
        label: inWords(withHint(partWords(act, part, kind), part), look.locale),
        kind: options ? 'choice' : KINDS[part],
        required,
        options: ids.map((id) => ({
          id,
          text: options ? optionText(template, part, id, look.locale) : yesNo(id, look),
        })),
        value: [],
      },
    ];
  });
}

/** Files are sent in the chat. */
const ELSEWHERE: readonly Part[] = ['values', 'files'];

const KINDS: Readonly<Record<Part, CardInput['kind']>> = {
  ...({ to: 'choice', how: 'choice', reason: 'choice', then: 'choice', again: 'choice' } as const),
  ...({ person: 'text', people: 'text', other: 'text', template: 'text', category: 'text', urgency: 'text' } as const),
  ...({ until: 'datetime', comment: 'longtext', values: 'longtext', files: 'text' } as const),
};

const HINTS: Readonly<Partial<Record<Part, Words>>> = {
  person: { zh: '（姓名或账号）', en: ' (name or account)' },
  people: { zh: '（姓名，多人用顿号隔开）', en: ' (names, with commas)' },
  other: { zh: '（如 IT-202611-0042）', en: ' (such as IT-202611-0042)' },
};

function withHint({ zh, en }: Words, part: Part): Words {
  const hint = HINTS[part];
  return hint ? { zh: zh + hint.zh, en: en + hint.en } : { zh, en };
}

const yesNo = (id: string, { locale }: Look): string =>
  inWords(id === 'true' ? { zh: '是', en: 'Yes' } : { zh: '否', en: 'No' }, locale);
