/** What a person does in a chat. Each act ends in an action that says what became of it. */
import { problemOf, sendAct, sendAgain, sendClick, sendFile, sendImage, sendText } from './api.ts';
import type { ChatAction, Press, Unsent } from './chats.ts';
import { roomKey, type Room } from './room.ts';

export interface Hands {
  /** @param mention in a group: with @ and the app's name */
  say: (room: Room, text: string, mention: boolean) => void;
  /** A picture. In a group it goes with these words, which mention the app. */
  show: (room: Room, file: File) => void;
  /** Any file, as a file. */
  give: (room: Room, file: File) => void;
  /** Hands over again what never reached the sandbox. */
  resend: (room: Room, unsent: Unsent) => void;
  discard: (room: Room, unsent: Unsent) => void;
  /** Lets the sandbox call the app again for a message that it has. */
  redeliver: (room: Room, messageId: string) => void;
  press: (userid: string, press: Press) => void;
}

export function makeHands(dispatch: (action: ChatAction) => void): Hands {
  const hand = (room: Room, unsent: Unsent) => {
    const key = roomKey(room);
    dispatch({ type: 'sending', room: key, unsent });
    handOver(room, unsent).then(
      (sent) => dispatch({ type: 'handed', room: key, localId: unsent.localId, sent }),
      (error: unknown) => dispatch({ type: 'stuck', room: key, localId: unsent.localId, problem: problemOf(error) }),
    );
  };
  return {
    say: (room, text, mention) => hand(room, fresh({ text, mention })),
    show: (room, file) => hand(room, fresh({ file })),
    give: (room, file) => hand(room, fresh({ file, asFile: true })),
    resend: (room, unsent) => hand(room, { ...unsent, failed: false }),
    discard: (room, { localId }) => dispatch({ type: 'discard', room: roomKey(room), localId }),
    redeliver: (room, messageId) => {
      const become = (delivery: 'sending' | 'delivered' | 'failed') =>
        dispatch({ type: 'delivery', room: roomKey(room), messageId, delivery });
      become('sending');
      sendAgain(room.userid, messageId).then(
        ({ delivered }) => become(delivered ? 'delivered' : 'failed'),
        () => become('failed'),
      );
    },
    press: (userid, press) => {
      dispatch({ type: 'click', userid, click: { press, failed: false } });
      const done = () => dispatch({ type: 'clicked', userid, messageId: press.messageId });
      const lost = (error?: unknown) => {
        const problem = problemOf(error);
        dispatch({ type: 'click', userid, click: { press, failed: true, ...(problem !== undefined && { problem }) } });
      };
      if ('key' in press) sendClick(userid, press).then(({ delivered }) => (delivered ? done() : lost()), lost);
      // Of a click without an answer, DingTalk's client tells on the card itself (`toast`); of one that had nowhere to go, nobody.
      else
        sendAct(userid, press).then(({ delivered, attempts }) => (delivered || attempts > 0 ? done() : lost()), lost);
    },
  };
}

const handOver = (room: Room, { text = '', file, asFile, mention = true }: Unsent) => {
  if (!file) return sendText(room, text, mention);
  return asFile ? sendFile(room, file) : sendImage(room, file);
};

let locals = 0;
const fresh = (what: Pick<Unsent, 'text' | 'file' | 'asFile' | 'mention'>): Unsent => ({
  ...what,
  localId: `local-${(locals += 1)}`,
  at: Date.now(),
  failed: false,
});
