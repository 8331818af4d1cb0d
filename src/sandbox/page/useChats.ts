/** The chats of everybody in both organisations: loaded when first shown, live ever after. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { LiveEvent, Person } from '../client.ts';
import { enterChat, listen, loadRoom, loadTodos } from './api.ts';
import { NO_CHATS, reduceChats, type Chats } from './chats.ts';
import { makeHands, type Hands } from './hands.ts';
import { roomKey, type Room } from './room.ts';

export interface Desk extends Hands {
  readonly chats: Chats;
  readonly connected: boolean;
}

const RELOAD_MS = 2_000;

/**
 * `watched` are the people on the screen, `rooms` what of theirs is read now: its messages are not unread.
 */
export function useChats(people: readonly Person[], watched: readonly string[], rooms: readonly Room[]): Desk {
  const [chats, dispatch] = useReducer(reduceChats, NO_CHATS);
  const [connected, setConnected] = useState(true);
  const onScreen = useRef<readonly string[]>([]);
  const again = useRef(new Map<string, () => void>());
  const entered = useRef(new Set<string>());

  /** Loads now, and again after a gap in the connection; once per name. */
  const keepLoaded = useCallback((name: string, load: () => void) => {
    if (again.current.has(name)) return;
    again.current.set(name, load);
    load();
  }, []);

  useEffect(() => {
    onScreen.current = rooms.map(roomKey);
    for (const one of rooms) {
      const room = roomKey(one);
      dispatch({ type: 'seen', room });
      keepLoaded(room, () => {
        const load = () => {
          dispatch({ type: 'loading', room });
          loadRoom(one).then(
            (messages) => dispatch({ type: 'loaded', room, messages }),
            () => setTimeout(load, RELOAD_MS),
          );
        };
        load();
      });
    }
  }, [rooms, keepLoaded]);

  useEffect(() => {
    for (const userid of watched) {
      const platform = people.find((person) => person.userid === userid)?.platform;
      if (platform === 'wecom' && !entered.current.has(userid)) {
        entered.current.add(userid);
        enterChat(userid);
      }
      if (platform === 'dingtalk')
        keepLoaded(`todos ${userid}`, () => {
          const load = () => {
            loadTodos(userid).then(
              (todos) => dispatch({ type: 'todos', userid, todos }),
              () => setTimeout(load, RELOAD_MS),
            );
          };
          load();
        });
    }
  }, [people, watched, keepLoaded]);

  useEffect(() => {
    if (people.length === 0) return undefined;
    let gap = false;
    const spelling = new Map(people.map(({ userid }) => [userid.toLowerCase(), userid]));
    const onEvent = (event: LiveEvent) => {
      const userid = spelling.get(event.userid.toLowerCase()) ?? event.userid;
      if (event.type === 'todos') return dispatch({ ...event, userid });
      const room = roomKey({ userid, group: event.message.group ?? null });
      dispatch({ type: 'live', event: { ...event, userid }, watched: onScreen.current.includes(room) });
    };
    return listen([...spelling.values()], onEvent, (isConnected) => {
      setConnected(isConnected);
      if (isConnected && gap) again.current.forEach((load) => load());
      gap = !isConnected;
    });
  }, [people]);

  return { chats, connected, ...useMemo(() => makeHands(dispatch), []) };
}
