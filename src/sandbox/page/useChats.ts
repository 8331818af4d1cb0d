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

/** Asks until there is an answer; what happens meanwhile is the reducer's to keep. */
function untilThere<T>(ask: () => Promise<T>, onAnswer: (answer: T) => void, onAsk?: () => void): void {
  onAsk?.();
  ask().then(onAnswer, () => setTimeout(() => untilThere(ask, onAnswer, onAsk), RELOAD_MS));
}

/**
 * `watched` are the people on the screen, `rooms` what of theirs is read now: its messages are not unread.
 */
export function useChats(people: readonly Person[], watched: readonly string[], rooms: readonly Room[]): Desk {
  const [chats, dispatch] = useReducer(reduceChats, NO_CHATS);
  const onScreen = useRef<readonly string[]>([]);
  const again = useRef(new Map<string, () => void>());
  const entered = useRef(new Set<string>());
  const toldTodos = useRef<Readonly<Record<string, number>>>({});

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
        untilThere(
          () => loadRoom(one),
          (messages) => dispatch({ type: 'loaded', room, messages }),
          () => dispatch({ type: 'loading', room }),
        );
      });
    }
  }, [rooms, keepLoaded]);

  useEffect(() => {
    for (const userid of watched) {
      const platform = people.find((person) => person.userid === userid)?.platform;
      if (platform === 'dingtalk')
        keepLoaded(`todos of ${userid}`, () => {
          const before = toldTodos.current[userid];
          untilThere(
            () => loadTodos(userid),
            // What was told meanwhile is newer than this answer.
            (todos) => toldTodos.current[userid] === before && dispatch({ type: 'todos', userid, todos }),
          );
        });
      if (platform !== 'wecom' || entered.current.has(userid)) continue;
      entered.current.add(userid);
      enterChat(userid);
    }
  }, [people, watched, keepLoaded]);

  const onEvent = useCallback((event: LiveEvent) => {
    const { userid } = event;
    if (event.type === 'todos') {
      toldTodos.current = { ...toldTodos.current, [userid]: (toldTodos.current[userid] ?? 0) + 1 };
      return dispatch(event);
    }
    const room = roomKey({ userid, group: event.message.group ?? null });
    dispatch({ type: 'live', event, watched: onScreen.current.includes(room) });
  }, []);
  const reload = useCallback(() => again.current.forEach((load) => load()), []);
  const connected = useLive(people, onEvent, reload);

  return { chats, connected, ...useMemo(() => makeHands(dispatch), []) };
}

/** Whether events come. @param onGap they came no more for a while, and come again: some may be missing */
function useLive(people: readonly Person[], onEvent: (event: LiveEvent) => void, onGap: () => void): boolean {
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    if (people.length === 0) return undefined;
    let gap = false;
    const spelling = new Map(people.map(({ userid }) => [userid.toLowerCase(), userid]));
    return listen(
      [...spelling.values()],
      (event) => onEvent({ ...event, userid: spelling.get(event.userid.toLowerCase()) ?? event.userid }),
      (isConnected) => {
        setConnected(isConnected);
        if (isConnected && gap) onGap();
        gap = !isConnected;
      },
    );
  }, [people, onEvent, onGap]);
  return connected;
}
