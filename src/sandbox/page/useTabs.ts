/** Which tab each person's phone shows, and so which chats are being read. */
import { useCallback, useMemo, useState } from 'react';
import { roomOn, type Room, type Tab } from './room.ts';

export interface ShownTabs {
  /** What is read on the screen now. */
  readonly rooms: readonly Room[];
  tabOf: (userid: string) => Tab;
  choose: (userid: string, tab: Tab) => void;
}

/** @param watched the people on the screen */
export function useTabs(watched: readonly string[]): ShownTabs {
  const [tabs, setTabs] = useState<Readonly<Record<string, Tab>>>({});
  const tabOf = useCallback((userid: string): Tab => tabs[userid] ?? 'direct', [tabs]);
  const choose = useCallback((userid: string, tab: Tab) => setTabs((before) => ({ ...before, [userid]: tab })), []);
  const rooms = useMemo(() => watched.flatMap((userid) => roomOn(userid, tabOf(userid)) ?? []), [watched, tabOf]);
  return { rooms, tabOf, choose };
}
