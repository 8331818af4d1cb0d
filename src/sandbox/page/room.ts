/**
 * A room is one chat as one person sees it: theirs with the app, or a group. Its key is the userid, and in a group the
 * group's id after a space, which no userid holds; so the key of somebody's one-to-one chat is the userid itself.
 */
export interface Room {
  readonly userid: string;
  /** The group's id; null: the one-to-one chat with the app. */
  readonly group: string | null;
}

export const roomKey = ({ userid, group }: Room): string => (group === null ? userid : `${userid} ${group}`);

const ownerOf = (key: string): string => key.split(' ', 1)[0] ?? key;

/** What the list of people counts: news of all rooms of a person together. */
export function newsByPerson(unread: Readonly<Record<string, number>>): Record<string, number> {
  const news: Record<string, number> = {};
  for (const [key, count] of Object.entries(unread)) news[ownerOf(key)] = (news[ownerOf(key)] ?? 0) + count;
  return news;
}

/** What a person's phone shows: the chat with the app, the to-dos, or the group of that id. */
export type Tab = 'direct' | 'todos' | { readonly group: string };

/** The room that a tab shows; the to-dos are none. */
export function roomOn(userid: string, tab: Tab): Room | null {
  if (tab === 'todos') return null;
  return { userid, group: tab === 'direct' ? null : tab.group };
}
