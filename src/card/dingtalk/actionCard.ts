/** A card where no template is configured: words, and links to pages on which everything can be done. */
import type { Card } from '../card.ts';
import { byteLength, makeTrim } from '../trim.ts';
import { isEnglish, viewText } from './encode.ts';
import { cutBytes, fitLine, fitLines } from './fit.ts';
import { LIMITS, MESSAGE } from './limits.ts';
import { escapeMarkdown } from './markdown.ts';

export interface ActionCard {
  /** Plain: stands in lists of chats. */
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  /** At least one, unless the card has no address. */
  readonly buttons: readonly { readonly title: string; readonly url: string }[];
}

export function actionCard(card: Card, openUrl: (url: string) => string): ActionCard {
  const trim = makeTrim();
  const title = fitLine('title', card.title, MESSAGE.title, trim) || '—';
  return { title, text: cutBytes(textOf(card), MESSAGE.textBytes), buttons: linksOf(card, openUrl) };
}

/** Far below the limit for any card of ours: each part is cut by itself. */
function textOf(card: Card): string {
  const trim = makeTrim();
  const line = (text: string, max: number): string => escapeMarkdown(fitLine('', text, max, trim));
  const lines = (text: string, max: number): string => escapeMarkdown(fitLines('', text, max, trim));
  const { quote, over } = card;
  const status = line(over?.trim() ? over : card.emphasis, LIMITS.emphasis);
  const small = [line(card.source, LIMITS.source), line(card.subtitle, LIMITS.subtitle)].filter(Boolean).join(' · ');
  const colon = isEnglish(card) ? ': ' : '：';
  const facts = card.facts
    .filter(({ label, value }) => label.trim() && value.trim())
    .slice(0, LIMITS.facts)
    .map(({ label, value }) => `- ${line(label, LIMITS.factLabel)}${colon}${line(value, LIMITS.factValue)}`);
  const parts = [
    `### ${line(card.title, LIMITS.title) || '—'}`,
    status && `**${status}**`,
    small,
    card.kind === 'group' ? '' : lines(card.notice ?? '', LIMITS.notice),
    lines(card.body, LIMITS.body),
    facts.join('\n'),
    quote?.text.trim() ? `> ${line(quote.title, LIMITS.quoteTitle)}${colon}${lines(quote.text, LIMITS.quoteText)}` : '',
  ];
  return parts.filter(Boolean).join('\n\n');
}

const HANDLE = { zh: '去处理', en: 'Open' };

/** What a button would do is done on the ticket's page. */
function linksOf(card: Card, openUrl: (url: string) => string): ActionCard['buttons'] {
  const isQuiet = card.over !== null || card.kind === 'group';
  const links = isQuiet
    ? []
    : card.buttons.flatMap(({ text, does }) => ('url' in does ? [{ title: text, url: does.url }] : []));
  const acts = !isQuiet && card.buttons.some(({ does }) => 'key' in does);
  const handle = isEnglish(card) ? HANDLE.en : HANDLE.zh;
  const page = { title: acts ? handle : viewText(card), url: card.url };
  const all = links.some(({ url }) => url === card.url) ? links : [page, ...links];
  const trim = makeTrim();
  return all
    .map(({ title, url }) => ({
      title: fitLine('', title, LIMITS.buttonText, trim),
      url: url && openUrl(url),
    }))
    .filter(({ title, url }) => title && url && byteLength(url) <= MESSAGE.urlBytes)
    .slice(0, MESSAGE.links);
}
