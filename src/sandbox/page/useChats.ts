/** The chats of everybody in the organisation: loaded when first shown, live ever after. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { ClickBody, Person } from '../client.ts';
import { enterChat, listen, loadChat, problemOf, sendAgain, sendClick, sendImage, sendText } from './api.ts';
import { NO_CHATS, reduceChats, type ChatAction, type Chats, type Unsent } from './chats.ts';

export interface Desk {
  readonly chats: Chats;
  readonly connected: boolean;
  say: (userid: string, text: string) => void;
  show: (userid: string, file: File) => void;
  /** Hands over again what never reached the sandbox. */
  resend: (userid: string, unsent: Unsent) => void;
  discard: (userid: string, unsent: Unsent) => void;
  /** Lets the sandbox call the app again for a message that it has. */
  redeliver: (userid: string, messageId: string) => void;
  click: (userid: string, click: ClickBody) => void;
}

const RELOAD_MS = 2_000;

/** `watched` are the people whose chat is on the screen now: their messages are not unread. */
export function useChats(people: readonly Person[], watched: readonly string[]): Desk {
  const [chats, dispatch] = useReducer(reduceChats, NO_CHATS);
  const [connected, setConnected] = useState(true);
  const onScreen = useRef(watched);
  const opened = useRef(new Set<string>());

  const load = useCallback((userid: string) => {
    dispatch({ type: 'loading', userid });
    loadChat(userid).then(
      (messages) => dispatch({ type: 'loaded', userid, messages }),
      () => setTimeout(() => load(userid), RELOAD_MS),
    );
  }, []);

  useEffect(() => {
    onScreen.current = watched;
    for (const userid of watched) {
      dispatch({ type: 'seen', userid });
      if (opened.current.has(userid)) continue;
      opened.current.add(userid);
      load(userid);
      enterChat(userid);
    }
  }, [watched, load]);

  useEffect(() => {
    if (people.length === 0) return undefined;
    let gap = false;
    const spelling = new Map(people.map(({ userid }) => [userid.toLowerCase(), userid]));
    return listen(
      people.map(({ userid }) => userid),
      (event) => {
        const userid = spelling.get(event.userid.toLowerCase()) ?? event.userid;
        dispatch({ type: 'live', event: { ...event, userid }, watched: onScreen.current.includes(userid) });
      },
      (isConnected) => {
        setConnected(isConnected);
        if (isConnected && gap) opened.current.forEach(load);
        gap = !isConnected;
      },
    );
  }, [people, load]);

  return { chats, connected, ...useMemo(() => actsOn(dispatch), []) };
}

/** What a person does in a chat. Each act ends in an action that says what became of it. */
function actsOn(dispatch: (action: ChatAction) => void): Omit<Desk, 'chats' | 'connected'> {
  const hand = (userid: string, unsent: Unsent) => {
    dispatch({ type: 'sending', userid, unsent });
    const sent = unsent.file ? sendImage(userid, unsent.file) : sendText(userid, unsent.text ?? '');
    sent.then(
      (answer) => dispatch({ type: 'handed', userid, localId: unsent.localId, sent: answer }),
      (error: unknown) => dispatch({ type: 'stuck', userid, localId: unsent.localId, problem: problemOf(error) }),
    );
  };
  return {
    say: (userid, text) => hand(userid, fresh({ text })),
    show: (userid, file) => hand(userid, fresh({ file })),
    resend: (userid, unsent) => hand(userid, { ...unsent, failed: false }),
    discard: (userid, { localId }) => dispatch({ type: 'discard', userid, localId }),
    redeliver: (userid, messageId) => {
      const become = (delivery: 'sending' | 'delivered' | 'failed') =>
        dispatch({ type: 'delivery', userid, messageId, delivery });
      become('sending');
      sendAgain(userid, messageId).then(
        ({ delivered }) => become(delivered ? 'delivered' : 'failed'),
        () => become('failed'),
      );
    },
    click: (userid, body) => {
      dispatch({ type: 'click', click: { ...body, failed: false } });
      const lost = (error?: unknown) => {
        const problem = problemOf(error);
        dispatch({ type: 'click', click: { ...body, failed: true, ...(problem !== undefined && { problem }) } });
      };
      sendClick(userid, body).then(
        ({ delivered }) => (delivered ? dispatch({ type: 'clicked', messageId: body.messageId }) : lost()),
        lost,
      );
    },
  };
}

let locals = 0;
const fresh = (what: Pick<Unsent, 'text' | 'file'>): Unsent => ({
  ...what,
  localId: `local-${(locals += 1)}`,
  at: Date.now(),
  failed: false,
});
