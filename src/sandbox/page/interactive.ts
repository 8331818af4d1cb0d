/**
 * The one card template of DingTalk, read from its variables. All are strings, '' means not there; lists are JSON.
 * Source: templates/dingtalk/README.md.
 */
import type { InteractiveCard } from '../client.ts';

export type Tone = 'blue' | 'orange' | 'green' | 'red' | 'grey';
export type ButtonStyle = 'primary' | 'secondary' | 'danger' | 'plain';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** A request button: `id` is its component's, `key` the one parameter that it sends. */
export interface RequestButton {
  readonly kind: 'request';
  readonly id: string;
  readonly text: string;
  readonly key: string;
  readonly style: ButtonStyle;
}

export interface LinkButton {
  readonly kind: 'link';
  readonly id: string;
  readonly text: string;
  readonly url: string;
  readonly style: ButtonStyle;
}

export type CardButton = RequestButton | LinkButton;

export interface CardView {
  readonly source: string;
  readonly title: string;
  readonly subtitle: string;
  readonly emphasis: string;
  readonly tone: Tone;
  readonly body: string;
  readonly facts: readonly Fact[];
  readonly quote: { readonly title: string; readonly text: string } | null;
  readonly notice: string;
  readonly link: { readonly text: string; readonly url: string } | null;
  /** Nothing is left to do: no form, no buttons. */
  readonly isOver: boolean;
  /** The form's JSON as sent; '' when there is none. */
  readonly form: string;
  readonly isFormDisabled: boolean;
  readonly formButton: string;
  readonly buttons: readonly CardButton[];
  /** Rare acts, small and grey. */
  readonly rare: readonly RequestButton[];
}

const TONES: readonly string[] = ['blue', 'orange', 'green', 'red', 'grey'] satisfies Tone[];
const STYLES: readonly string[] = ['primary', 'secondary', 'danger', 'plain'] satisfies ButtonStyle[];
const MOST_BUTTONS = 5;
const MOST_RARE = 3;

export function cardView({ data }: InteractiveCard): CardView {
  const get = (name: string): string => data[name] ?? '';
  const isOver = get('over') !== '';
  const tone = get('tone');
  return {
    source: get('source'),
    title: get('title'),
    subtitle: get('subtitle'),
    emphasis: get('emphasis'),
    tone: TONES.includes(tone) ? (tone as Tone) : 'blue',
    body: get('body'),
    facts: factsIn(get('facts')),
    quote: get('quote_title') || get('quote_text') ? { title: get('quote_title'), text: get('quote_text') } : null,
    notice: get('notice'),
    link: get('url') ? { url: get('url'), text: get('url_text') } : null,
    isOver,
    form: isOver ? '' : get('form'),
    isFormDisabled: get('form_status') === 'disabled',
    formButton: get('form_btn_text'),
    buttons: isOver ? [] : numbered('b', MOST_BUTTONS).flatMap((id) => buttonOf(id, get) ?? []),
    rare: isOver
      ? []
      : numbered('m', MOST_RARE).flatMap((id) => {
          const button = buttonOf(id, get);
          return button?.kind === 'request' ? button : [];
        }),
  };
}

function buttonOf(id: string, get: (name: string) => string): CardButton | null {
  const [text, key, url, said] = ['text', 'key', 'url', 'style'].map((part) => get(`${id}_${part}`));
  if (!text) return null;
  const style = said && STYLES.includes(said) ? (said as ButtonStyle) : 'secondary';
  if (key) return { kind: 'request', id, text, key, style };
  return url ? { kind: 'link', id, text, url, style } : null;
}

/** What isn't such a list is not drawn, as in the client. */
function factsIn(json: string): Fact[] {
  const list = parsed(json);
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { label, value } = one as Partial<Record<string, unknown>>;
    return [{ label: wordsOf(label), value: wordsOf(value) }];
  });
}

const wordsOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** The value behind the text; undefined when it is no JSON. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

const numbered = (prefix: string, most: number): string[] =>
  Array.from({ length: most }, (_, index) => `${prefix}${index + 1}`);
