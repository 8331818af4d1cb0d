/** What a card says to its reader, the same words on both platforms. */
import type { Message } from '../../src/sandbox/client.ts';
import { buttonsOf } from './cardPress.ts';

export interface CardWords {
  readonly title: string;
  /** The small line: the ticket's number, and the step. */
  readonly subtitle: string;
  readonly emphasis: string;
  readonly body: string;
  readonly quote: string;
  /** What stands in place of the buttons. */
  readonly over: string;
  /** DingTalk: what it says to whoever just clicked. */
  readonly notice: string;
  readonly facts: Readonly<Record<string, string>>;
  readonly buttons: readonly string[];
}

/** @returns null for what is no card of ours */
export function cardWords(message: Message): CardWords | null {
  const { card, interactive } = message;
  const buttons = buttonsOf(message);
  if (interactive) {
    const data = interactive.data;
    const of = (name: string): string => data[name] ?? '';
    const facts = JSON.parse(of('facts') || '[]') as readonly { label: string; value: string }[];
    return {
      ...{ title: of('title'), subtitle: of('subtitle'), emphasis: of('emphasis'), body: of('body') },
      ...{ quote: of('quote_text'), over: of('over'), notice: of('notice'), buttons },
      facts: Object.fromEntries(facts.map(({ label, value }) => [label, value])),
    };
  }
  if (message.kind !== 'template_card' || !card) return null;
  const rows = card.horizontal_content_list ?? [];
  return {
    title: card.main_title?.title ?? '',
    subtitle: card.main_title?.desc ?? '',
    emphasis: card.emphasis_content?.title ?? '',
    body: card.sub_title_text ?? '',
    quote: card.quote_area?.quote_text ?? '',
    over: message.replaced ?? '',
    notice: '',
    facts: Object.fromEntries(rows.map(({ keyname, value = '' }) => [keyname, value])),
    buttons: message.clickable ? buttons : [],
  };
}
