/**
 * The neutral card as a WeCom template card. WeCom's cards know buttons and dropdowns only, so a card is
 * `text_notice` (nothing to press), `button_interaction` (buttons, at most one dropdown) or `multiple_interaction`
 * (two or three dropdowns, one submit button, and room for nothing else).
 *
 * A notice carries its rare acts as a menu, since only then does sending it give a code to update it later.
 */
import type { Card, CardButton, CardFact, Tone } from '../card.ts';
import { LIMITS, TASK_ID, UNWRITTEN } from './limits.ts';
import { encodeSelects } from './selects.ts';
import { byteLength, makeTrim, type Trim } from '../trim.ts';
import type { WecomButton, WecomCard, WecomFact, WecomSelect } from './wecomCard.ts';

export interface EncodeOptions {
  /** `platformKey` of the card: 1–128 of `0-9A-Za-z_-@`, unique in the app. */
  readonly taskId: string;
  /** Makes an address one that signs the reader in. */
  readonly openUrl: (url: string) => string;
}

export interface Encoded {
  readonly card: WecomCard;
  /** What was cut or left out, and why. */
  readonly dropped: readonly string[];
}

/** @throws Error when `taskId` is not one */
export function encodeWecom(card: Card, options: EncodeOptions): Encoded {
  if (!TASK_ID.test(options.taskId)) throw new Error(`Not a task_id: ${options.taskId}`);
  const trim = makeTrim();
  // A ticket that is over may still be filed again.
  const isOffered = card.over === null || card.kind === 'ticket';
  const buttons = isOffered ? encodeButtons(card.buttons, options, trim) : [];
  const canSubmit = buttons.some((button) => button.type === 0);
  const selects = card.over === null ? encodeSelects(card, canSubmit, trim) : [];
  return { card: arrange(card, buttons, selects, options, trim), dropped: trim.dropped };
}

function arrange(
  card: Card,
  buttons: readonly WecomButton[],
  selects: readonly WecomSelect[],
  options: EncodeOptions,
  trim: Trim,
): WecomCard {
  // A notice that is over says so itself; grey text needs buttons to replace.
  if (card.over !== null && card.kind !== 'ticket') return overCard(card, card.over, options, trim);
  const submit = buttons.find((button) => button.type === 0);
  if (submit && selects.length > 1) return multipleCard(card, selects, submit, options, trim);
  if (buttons.length > 0) return buttonCard(card, buttons, selects[0], options, trim);
  return noticeCard(card, options, trim);
}

function noticeCard(card: Card, options: EncodeOptions, trim: Trim): WecomCard {
  const emphasis = trim.line('emphasis', card.emphasis, LIMITS.emphasisTitle);
  return {
    card_type: 'text_notice',
    ...head(card, card.subtitle, options, trim),
    ...(emphasis ? { emphasis_content: { title: emphasis } } : {}),
    ...details(card, options, trim, new Set()),
  };
}

function buttonCard(
  card: Card,
  buttons: readonly WecomButton[],
  select: WecomSelect | undefined,
  options: EncodeOptions,
  trim: Trim,
): WecomCard {
  const taken = new Set(buttons.flatMap((button) => (button.type === 0 ? [button.key] : [])));
  return {
    card_type: 'button_interaction',
    ...head(card, besideEmphasis(card), options, trim),
    ...details(card, options, trim, taken),
    ...(select ? { button_selection: select } : {}),
    button_list: buttons,
  };
}

/** A link stays below the grey text: WeCom wants a button, and where the card is a new one, nothing replaces it. */
function overCard(card: Card, over: string, options: EncodeOptions, trim: Trim): WecomCard {
  const links = card.buttons.filter(({ does }) => 'url' in does).slice(0, 1);
  const link: CardButton = { text: '↗', tone: 'plain', does: { url: card.url || '/' } };
  const [shown = []] = [links, [link]]
    .map((some) => encodeButtons(some, options, trim))
    .filter((some) => some.length > 0);
  return {
    card_type: 'button_interaction',
    ...head(card, [over, card.subtitle].filter((text) => text.trim()).join(' · '), options, trim),
    ...details({ ...card, menu: [] }, options, trim, new Set()),
    button_list: shown,
    replace_text: trim.line('over', over, UNWRITTEN.replaceText) || '—',
  };
}

function multipleCard(
  card: Card,
  selects: readonly WecomSelect[],
  submit: Extract<WecomButton, { type: 0 }>,
  options: EncodeOptions,
  trim: Trim,
): WecomCard {
  const noRoom = (what: string): void => trim.drop(what, 'no room beside dropdowns');
  if (card.body) noRoom('body');
  if (card.quote) noRoom('quote');
  for (const fact of card.facts) noRoom(`fact ${fact.label}`);
  for (const item of card.menu) noRoom(`menu ${item.text}`);
  for (const button of card.buttons)
    if (!('key' in button.does && button.does.key === submit.key)) noRoom(`button ${button.text}`);
  return {
    card_type: 'multiple_interaction',
    ...head(card, besideEmphasis(card), options, trim),
    select_list: selects,
    submit_button: { text: submit.text, key: submit.key },
  };
}

/** Only the notice has a place for the emphasis; elsewhere it leads the small line. */
const besideEmphasis = (card: Card): string => [card.emphasis, card.subtitle].filter((text) => text.trim()).join(' · ');

function head(card: Card, small: string, { taskId }: EncodeOptions, trim: Trim) {
  const source = trim.line('source', card.source, LIMITS.sourceDesc);
  const title = trim.line('title', card.title, LIMITS.mainTitle);
  const desc = trim.line('subtitle', small, LIMITS.mainDesc);
  return {
    task_id: taskId,
    ...(source ? { source: { desc: source, desc_color: 0 as const } } : {}),
    // WeCom refuses a card without a title; the small line or a dash is better than no card.
    main_title: { title: title || cutDash(desc), ...(desc && title ? { desc } : {}) },
  };
}
const cutDash = (text: string): string => [...text].slice(0, LIMITS.mainTitle).join('').trim() || '—';

function details(card: Card, options: EncodeOptions, trim: Trim, takenKeys: ReadonlySet<string>) {
  const body = trim.lines('body', card.body, LIMITS.subTitle);
  const facts = encodeFacts(card.facts, trim);
  const menu = encodeMenu(card.menu, takenKeys, trim);
  const quote = card.quote?.text.trim() ? card.quote : null;
  return {
    ...(menu.length > 0 ? { action_menu: { desc: '…', action_list: menu } } : {}),
    ...(quote
      ? {
          quote_area: {
            type: 0 as const,
            title: trim.line('quote title', quote.title, UNWRITTEN.quoteTitle),
            quote_text: trim.lines('quote', quote.text, UNWRITTEN.quoteText),
          },
        }
      : {}),
    ...(body ? { sub_title_text: body } : {}),
    ...(facts.length > 0 ? { horizontal_content_list: facts } : {}),
    card_action: { type: 1 as const, url: options.openUrl(card.url || '/') },
  };
}

function encodeFacts(facts: readonly CardFact[], trim: Trim): WecomFact[] {
  const telling = facts.filter((fact) => fact.label.trim() && fact.value.trim());
  return trim
    .first(telling, LIMITS.facts, (fact) => `fact ${fact.label}`)
    .map((fact) => {
      const keyname = trim.line(`label ${fact.label}`, fact.label, LIMITS.factLabel);
      const value = trim.line(`fact ${fact.label}`, fact.value, LIMITS.factValue);
      return fact.account ? { keyname, value, type: 3, userid: fact.account } : { keyname, value };
    });
}

/** Keys must differ from each other and from the buttons', or WeCom refuses the whole card (42051). */
function encodeMenu(menu: Card['menu'], takenKeys: ReadonlySet<string>, trim: Trim) {
  const taken = new Set(takenKeys);
  const usable = menu.filter(({ text, key }) => isUsable(text, key, taken, `menu ${text}`, trim));
  return trim
    .first(usable, LIMITS.menuItems, ({ text }) => `menu ${text}`)
    .map(({ text, key }) => ({ text: trim.line(`menu ${text}`, text, UNWRITTEN.menuText), key }));
}

const STYLE: Readonly<Record<Tone, number>> = { primary: 1, secondary: 2, plain: 3, danger: 4 };

function encodeButtons(buttons: readonly CardButton[], options: EncodeOptions, trim: Trim): WecomButton[] {
  const taken = new Set<string>();
  const usable = buttons.filter(({ text, does }) => {
    if ('key' in does) return isUsable(text, does.key, taken, `button ${text}`, trim);
    return text.trim() !== '' && options.openUrl(does.url) !== '';
  });
  return trim
    .first(usable, LIMITS.buttons, (button) => `button ${button.text}`)
    .map(({ text, tone, does }) => {
      const look = { text: trim.line(`button ${text}`, text, LIMITS.buttonText), style: STYLE[tone] };
      return 'key' in does ? { type: 0, ...look, key: does.key } : { type: 1, ...look, url: options.openUrl(does.url) };
    });
}

function isUsable(text: string, key: string, taken: Set<string>, what: string, trim: Trim): boolean {
  if (text.trim() && key && byteLength(key) <= LIMITS.keyBytes && !taken.has(key)) {
    taken.add(key);
    return true;
  }
  trim.drop(what, 'no text, or a key that is empty, too long or taken');
  return false;
}
