/** Invariant 5 at DingTalk, where cards can be changed at any time: every one shows the present state, groups' too. */
import { encodeDingtalk } from '../../src/card/dingtalk/encode.ts';
import type { Database } from '../../src/store/database.ts';
import type { CardRow } from '../../src/store/entity/traffic.ts';
import type { Rendered } from '../../src/ticket/render.ts';
import type { DingtalkState, SeenCard } from './dingtalkState.ts';
import type { Verdict } from './finding.ts';
import { type Look, nameOf } from './look.ts';
import { DINGTALK } from './platform.ts';

export async function judgeDingtalkCards(db: Database, platform: DingtalkState, look: Look): Promise<Verdict[]> {
  const sql = "SELECT * FROM card WHERE workspace_id = ? AND role NOT LIKE 'todo:%' ORDER BY id";
  const rows = await db.read((reader) => reader.rows<CardRow>(sql, [DINGTALK]));
  const byKey = new Map(rows.map((row) => [row.platform_key ?? '', row]));
  const stale: string[] = [];
  for (const seen of platform.cards) {
    const row = byKey.get(seen.key);
    const problem = row ? difference(seen, await look(row)) : 'is of no card row';
    if (problem) stale.push(`${row ? nameOf(row) : seen.key}, seen by ${seen.message.userid}: ${problem}`);
  }
  const there = new Set(platform.cards.map(({ key }) => key));
  const shown = rows.filter((row) => row.shown_version !== null);
  const lost = shown.filter((row) => !there.has(row.platform_key ?? ''));
  return [
    {
      id: 'K3',
      what: `DingTalk: every card shows the present state (${groupsIn(rows)} cards of groups)`,
      looked: platform.cards.length,
      wrong: stale,
    },
    {
      id: 'K3',
      what: 'DingTalk: what counts as shown is there, one card each',
      looked: shown.length,
      wrong: [...lost.map((row) => `${nameOf(row)} never came`), ...doubled(rows), ...doubledCopies(platform)],
    },
  ];
}

const groupsIn = (rows: readonly CardRow[]): number => rows.filter(({ role }) => role === 'group').length;

function difference({ data }: SeenCard, wanted: Rendered | null): string | null {
  if (!wanted) return 'shows what no longer is';
  // A newer card of the same reader says it and asks them to confirm: this one is spared the call.
  if (wanted.echoed) return null;
  const { params } = encodeDingtalk(wanted.card, { openUrl: (url) => url });
  for (const [name, value] of Object.entries(params))
    if (!isOfTheMoment(name) && plain(name, data[name] ?? '') !== plain(name, value))
      return `shows ${name} ${JSON.stringify(data[name])}, not ${JSON.stringify(value)}`;
  return null;
}

/** Addresses, and what was said to whoever clicked last. */
const isOfTheMoment = (name: string): boolean => /^(b\d_)?url$/.test(name) || name === 'notice';

/** A card of a ticket that goes on was drawn some time ago. */
const plain = (name: string, value: string): string =>
  name === 'facts' ? value.replace(/\{"label":"已用时","value":"[^"]*"\},?/, '') : value;

function doubled(rows: readonly CardRow[]): string[] {
  const places = rows.map((row) => [row.ticket_id, row.draft_id, row.receiver, row.role].join(' '));
  return rows.filter((_, i) => places.indexOf(places[i] ?? '') !== i).map((row) => `${nameOf(row)} is a second one`);
}

function doubledCopies({ cards }: DingtalkState): string[] {
  const copies = cards.map(({ key, message }) => `${key} of ${message.userid}`);
  return copies.filter((copy, i) => copies.indexOf(copy) !== i).map((copy) => `${copy} came twice`);
}
