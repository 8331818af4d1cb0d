/** Invariant 5 at WeCom: every card that the platform still lets us change shows the final state of its ticket. */
import { isDeepStrictEqual } from 'node:util';
import { encodeWecom } from '../../src/card/wecom/encode.ts';
import type { CardBody, Message } from '../../src/sandbox/client.ts';
import type { Database } from '../../src/store/database.ts';
import type { CardRow } from '../../src/store/entity/traffic.ts';
import type { Rendered } from '../../src/ticket/render.ts';
import type { Verdict } from './finding.ts';
import { type Look, nameOf } from './look.ts';
import { WECOM } from './platform.ts';
import type { WecomState } from './wecomState.ts';

interface CodeRow {
  readonly card_id: number;
  readonly code: string;
}

export async function judgeWecomCards(db: Database, platform: WecomState, look: Look): Promise<Verdict[]> {
  const { cards, codes } = await db.read(async (reader) => ({
    cards: await reader.rows<CardRow>('SELECT * FROM card WHERE workspace_id = ? ORDER BY id', [WECOM]),
    codes: await reader.rows<CodeRow>('SELECT card_id, code FROM card_code WHERE spent_at IS NULL'),
  }));
  const copies = new Map(platform.sent.flatMap(({ message }) => cardEntry(message)));
  const wrong: string[] = [];
  let looked = 0;
  for (const card of cards.filter(({ id }) => codes.some(({ card_id }) => card_id === id))) {
    const wanted = await look(card);
    // The last code is kept for the end, so a card of a ticket that goes on may show what was.
    if (wanted && !wanted.final) continue;
    looked += 1;
    const shown = copies.get(card.platform_key ?? '');
    const problem = shown ? difference(shown, wanted) : 'has a code and never came';
    if (problem) wrong.push(`${nameOf(card)} ${problem}`);
  }
  const beyond = [...copies.values()].filter(isPressable).length;
  return [
    {
      id: 'K3',
      what: `WeCom: every card that can still be changed shows its final state (${beyond} of ${copies.size} keep old buttons, without a code)`,
      looked,
      wrong,
    },
    {
      id: 'K3',
      what: 'WeCom: a code that counts as unspent is one',
      looked: codes.length,
      wrong: codes.filter(({ code }) => !platform.takes(code)).map((code) => `a code of card ${code.card_id} is spent`),
    },
  ];
}

const cardEntry = (message: Message): [string, Message][] =>
  message.kind === 'template_card' && message.card?.task_id ? [[message.card.task_id, message]] : [];

const isPressable = ({ clickable, replaced }: Message): boolean => clickable && replaced === undefined;

function difference({ card, replaced }: Message, wanted: Rendered | null): string | null {
  if (!wanted) return 'shows what no longer is';
  const encoded = encodeWecom(wanted.card, { taskId: card?.task_id ?? '', openUrl: (url) => url }).card as CardBody;
  if ((replaced ?? null) !== (encoded.replace_text ?? null))
    return `has 「${replaced ?? ''}」 in place of its buttons, not 「${encoded.replace_text ?? ''}」`;
  for (const part of PARTS)
    if (!isDeepStrictEqual(plain(card?.[part]), plain(encoded[part])))
      return `shows ${part} ${JSON.stringify(card?.[part])}, not ${JSON.stringify(encoded[part])}`;
  return null;
}

/** What a reader sees of it, but for addresses. */
const PARTS = [
  ...['card_type', 'main_title', 'emphasis_content', 'sub_title_text', 'quote_area'],
  ...['horizontal_content_list', 'action_menu', 'button_selection', 'select_list'],
] as unknown as readonly (keyof CardBody)[];

/** Without addresses and absent parts: a passive reply carries them in another form. */
function plain(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(plain);
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).filter(([name, value]) => name !== 'url' && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]));
}
