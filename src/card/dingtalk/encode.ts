/**
 * The neutral card as the variables of the one DingTalk card template (templates/dingtalk/README.md). The template only
 * binds and hides; what stands where is decided here. Words go into plain text components, so nothing is markup.
 */
import type { Card, CardButton, CardInput } from '../card.ts';
import { byteLength, makeTrim, type Trim } from '../trim.ts';
import { fitLine, fitLines, fitWhole } from './fit.ts';
import { encodeForm } from './form.ts';
import { LIMITS } from './limits.ts';
import { type Single, VARIABLES } from './variables.ts';

export interface EncodeOptions {
  /** Makes an address one that signs the reader in. */
  readonly openUrl: (url: string) => string;
  /** Most bytes of the variable `form`; a setting, since the limit is documented for ordinary values only. */
  readonly formBytes?: number;
}

export interface Encoded {
  /** `cardParamMap`: every variable, always. */
  readonly params: Record<string, string>;
  /** What was cut or left out, and why. */
  readonly dropped: readonly string[];
}

export function encodeDingtalk(card: Card, options: EncodeOptions): Encoded {
  const trim = makeTrim();
  // A group's card is the same for all who see it: nobody in particular may press anything.
  const isQuiet = isOverFor(card) || card.kind === 'group';
  const submit = isQuiet ? undefined : submitOf(card, trim);
  const form = submit
    ? encodeForm(card.inputs, { key: submit.key, maxBytes: options.formBytes ?? LIMITS.formBytes }, trim)
    : null;
  const buttons = card.buttons.filter((button) => !form || button !== submit?.button);
  const params = {
    ...Object.fromEntries(VARIABLES.map((name) => [name, ''])),
    ...words(card, form?.asked ?? [], trim),
    ...link(card, options, trim),
    ...(form && submit ? { form: form.json, form_status: 'normal', form_btn_text: submit.text } : {}),
    ...(isQuiet ? {} : { ...encodeButtons(buttons, options, trim), ...encodeMenu(card.menu, trim) }),
  };
  return { params, dropped: trim.dropped };
}

/** Nothing is left to press. A ticket that is over may still be filed again. */
const isOverFor = ({ over, kind, buttons }: Card): boolean =>
  over !== null && !(kind === 'ticket' && buttons.length > 0);

/** The first button sends the answers, where there is anything to answer. */
function submitOf({ inputs, buttons: [button] }: Card, trim: Trim) {
  if (inputs.length === 0) return undefined;
  if (button && 'key' in button.does) {
    const key = fitWhole('submit', button.does.key, trim);
    const text = fitLine('submit', button.text, LIMITS.buttonText, trim);
    if (key && text) return { button, key, text };
  }
  for (const { key } of inputs) trim.drop(`input ${key}`, 'no button brings the answer');
  return undefined;
}

function words(card: Card, asked: readonly CardInput[], trim: Trim): Partial<Record<Single, string>> {
  const quote = card.quote?.text.trim() ? card.quote : null;
  const { emphasis, subtitle } = headline(card);
  return {
    source: fitLine('source', card.source, LIMITS.source, trim),
    title: fitLine('title', card.title, LIMITS.title, trim) || '—',
    subtitle: fitLine('subtitle', subtitle, LIMITS.subtitle, trim),
    emphasis: fitLine('emphasis', emphasis, LIMITS.emphasis, trim),
    tone: toneOf(card),
    body: isAsked(card.body, asked) ? '' : fitLines('body', card.body, LIMITS.body, trim),
    facts: encodeFacts(card, asked, trim),
    quote_title: quote ? fitLine('quote title', quote.title, LIMITS.quoteTitle, trim) : '',
    quote_text: quote ? fitLines('quote', quote.text, LIMITS.quoteText, trim) : '',
    // Only whether it is empty counts to the template; an empty word must hide the buttons all the same.
    over: isOverFor(card) ? fitLine('over', card.over ?? '', LIMITS.emphasis, trim) || '—' : '',
    notice: card.kind === 'group' ? '' : fitLines('notice', card.notice ?? '', LIMITS.notice, trim),
  };
}

/** What became of it is the most telling word of a card that is over; how the ticket stands goes to the small line. */
function headline({ kind, over, emphasis, subtitle }: Card): Pick<Card, 'emphasis' | 'subtitle'> {
  if (over === null || !over.trim() || kind === 'ticket' || kind === 'group') return { emphasis, subtitle };
  const stands = kind === 'task' && !over.includes(emphasis) ? [emphasis] : [];
  return { emphasis: over, subtitle: [...stands, subtitle].filter((text) => text.trim()).join(' · ') };
}

/** Grey: nothing is left to do. Orange: the reader's turn. */
function toneOf({ over, kind, buttons }: Card): string {
  if (over !== null) return 'grey';
  return kind === 'task' && buttons.length > 0 ? 'orange' : 'blue';
}

/** What stands in a form need not stand above it, too. */
const isAsked = (body: string, asked: readonly CardInput[]): boolean => {
  const beginning = body.replace(/…$/, '').trim();
  return beginning !== '' && asked.some(({ value: [text = ''] }) => text.trim().startsWith(beginning));
};

/** Each value shorter until the list fits; then fewer, from the end. */
function encodeFacts({ facts }: Card, asked: readonly CardInput[], trim: Trim): string {
  const inForm = new Set(asked.map(({ label }) => label));
  const telling = facts.filter(({ label, value }) => label.trim() && value.trim() && !inForm.has(label));
  const some = trim.first(telling, LIMITS.facts, ({ label }) => `fact ${label}`);
  if (some.length === 0) return '';
  for (let count = some.length; count > 0; count -= 1) {
    for (const max of [LIMITS.factValue, 60, 40, 24]) {
      const tried = makeTrim();
      const list = some.slice(0, count).map(({ label, value }) => ({
        label: fitLine(`label ${label}`, label, LIMITS.factLabel, tried),
        value: fitLine(`fact ${label}`, value, max, tried),
      }));
      const json = JSON.stringify(list.filter(({ label, value }) => label && value));
      if (byteLength(json) > LIMITS.valueBytes) continue;
      trim.dropped.push(...tried.dropped);
      trim.first(some, count, ({ label }) => `fact ${label}`);
      return json === '[]' ? '' : json;
    }
  }
  trim.first(some, 0, ({ label }) => `fact ${label}`);
  return '';
}

const VIEW = { zh: '查看详情', en: 'View' };

/** A card's words are final and carry no language; the status is always one of ours. */
export const isEnglish = ({ emphasis }: Card): boolean => emphasis.trim() !== '' && !/\p{Script=Han}/u.test(emphasis);

export const viewText = (card: Card): string => (isEnglish(card) ? VIEW.en : VIEW.zh);

function link(card: Card, { openUrl }: EncodeOptions, trim: Trim): Partial<Record<Single, string>> {
  const url = card.url ? fitWhole('url', openUrl(card.url), trim) : '';
  return url ? { url, url_text: viewText(card) } : {};
}

function encodeButtons(buttons: readonly CardButton[], options: EncodeOptions, trim: Trim): Record<string, string> {
  const usable = buttons.flatMap(({ text, tone, does }) => {
    const what = `button ${text}`;
    const key = 'key' in does ? fitWhole(what, does.key, trim) : '';
    const url = 'url' in does && does.url ? fitWhole(what, options.openUrl(does.url), trim) : '';
    const shown = fitLine(what, text, LIMITS.buttonText, trim);
    return shown && (key || url) ? [{ text: shown, key, url, style: tone }] : [];
  });
  return spread(
    'b',
    trim.first(usable, LIMITS.buttons, ({ text }) => `button ${text}`),
  );
}

function encodeMenu(menu: Card['menu'], trim: Trim): Record<string, string> {
  const usable = menu.flatMap(({ text, key }) => {
    const item = {
      text: fitLine(`menu ${text}`, text, LIMITS.buttonText, trim),
      key: fitWhole(`menu ${text}`, key, trim),
    };
    return item.text && item.key ? [item] : [];
  });
  return spread(
    'm',
    trim.first(usable, LIMITS.menuItems, ({ text }) => `menu ${text}`),
  );
}

/** `b1_text`, `b1_key`… from a list. */
function spread(letter: string, list: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const named = list.flatMap((one, i) =>
    Object.entries(one).map(([part, value]) => [`${letter}${i + 1}_${part}`, value]),
  );
  return Object.fromEntries(named) as Record<string, string>;
}
