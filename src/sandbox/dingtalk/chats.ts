/** Messages by the chat in which they stand, and the copies of one card. */
import type { Stored } from './rows.ts';

const KEPT_PER_CHAT = 500;

export function makeChats() {
  const byChat = new Map<string, Map<string, Stored>>();
  const byCard = new Map<string, Map<string, Stored>>();
  const index = (map: typeof byChat, key: string, id: string, stored: Stored | null) => {
    const rows = map.get(key) ?? new Map<string, Stored>();
    map.set(key, rows);
    if (stored) rows.set(id, stored);
    else rows.delete(id);
  };
  // No userid has a space in it.
  const keyOf = (userid: string, group: string | null) => `${userid.toLowerCase()} ${group ?? ''}`;
  return {
    /** @param stored null: it goes */
    put(id: string, { message }: Stored, stored: Stored | null) {
      index(byChat, keyOf(message.userid, message.group ?? null), id, stored);
      if (message.interactive) index(byCard, message.interactive.outTrackId, id, stored);
    },
    of: (userid: string, group: string | null) => [...(byChat.get(keyOf(userid, group))?.values() ?? [])],
    copies: (outTrackId: string) => [...(byCard.get(outTrackId)?.values() ?? [])],
    overflow: () => [...byChat.values()].flatMap((chat) => [...chat.keys()].slice(0, -KEPT_PER_CHAT)),
  };
}
