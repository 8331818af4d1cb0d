/** Invariant 5: every card that the platform still lets us change shows the present, and here final, state of its ticket. */
import { isDeepStrictEqual } from 'node:util';
import { encodeWecom } from '../../src/card/wecom/encode.ts';
import { makeLog } from '../../src/log.ts';
import { makeDirectory } from '../../src/people/directory.ts';
import type { CardBody, Message } from '../../src/sandbox/client.ts';
import { makeCache } from '../../src/store/cache.ts';
import type { Database } from '../../src/store/database.ts';
import type { CardRow } from '../../src/store/entity/traffic.ts';
import { makeRenderer, type Rendered } from '../../src/ticket/render.ts';
import { makeTemplates } from '../../src/ticket/templates.ts';
import type { Verdict } from './finding.ts';
import type { PlatformState } from './platformState.ts';

interface CodeRow {
  readonly card_id: number;
  readonly code: string;
}

export async function judgeCards(db: Database, platform: PlatformState): Promise<Verdict[]> {
  const { cards, codes } = await db.read(async (reader) => ({
    cards: await reader.rows<CardRow>('SELECT * FROM card ORDER BY id'),
    codes: await reader.rows<CodeRow>('SELECT card_id, code FROM card_code WHERE spent_at IS NULL'),
  }));
  const copies = new Map(platform.sent.flatMap(({ message }) => cardEntry(message)));
  const look = await makeLook(db);
  const wrong: string[] = [];
  const changeable = cards.filter((card) => codes.some(({ card_id }) => card_id === card.id));
  for (const card of changeable) {
    const shown = copies.get(card.platform_key ?? '');
    const problem = shown ? difference(shown, await look(card)) : 'has a code and never came';
    if (problem) wrong.push(`card ${card.id} (${card.role} of ${card.receiver}, ticket ${card.ticket_id}) ${problem}`);
  }
  const beyond = [...copies.values()].filter(isPressable).length;
  return [
    {
      id: 'K3',
      what: `every card that can still be changed shows its final state (${beyond} of ${copies.size} keep old buttons, without a code)`,
      looked: changeable.length,
      wrong,
    },
    {
      id: 'K3',
      what: 'a code that counts as unspent is one',
      looked: codes.length,
      wrong: codes.filter(({ code }) => !platform.takes(code)).map((code) => `a code of card ${code.card_id} is spent`),
    },
  ];
}

const cardEntry = (message: Message): [string, Message][] =>
  message.kind === 'template_card' && message.card?.task_id ? [[message.card.task_id, message]] : [];

const isPressable = ({ clickable, replaced }: Message): boolean => clickable && replaced === undefined;

/** How the card of that row looks when it is rendered now. */
async function makeLook(db: Database): Promise<(card: CardRow) => Promise<Rendered | null>> {
  const log = makeLog('error');
  const cache = await makeCache(null, log);
  const people = makeDirectory({ db, cache, clock: Date.now, log });
  const { accounts } = await people.refresh();
  const templates = makeTemplates({ db, cache, clock: Date.now, log, directory: people.current });
  const offsetMinutes = 480;
  const parts = { db, templates, directory: people.current, clock: Date.now, offsetMinutes, publicUrl: '' };
  const renderer = makeRenderer(parts);
  return async ({ ticket_id, draft_id, workspace_id, receiver, role }) => {
    const personId = accounts.get(`${workspace_id}/${receiver}`.toLowerCase()) ?? -1;
    const task = /^task:(\d+)$/.exec(role)?.[1];
    if (ticket_id !== null) return renderer.ticketCard(ticket_id, personId, task === undefined ? null : Number(task));
    return draft_id === null ? null : renderer.draftCard(draft_id);
  };
}

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
