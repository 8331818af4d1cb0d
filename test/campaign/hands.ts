/** Hands of the sandbox's people: they write and press, and do it again as long as it was not delivered. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, Sent } from '../../src/sandbox/client.ts';
import type { Chance } from './chance.ts';
import type { Ledger } from './ledger.ts';
import type { Platform } from './platform.ts';

/** A button, a submit button or an entry of the menu that calls the service now. */
export interface Pressable {
  readonly message: Message;
  readonly key: string;
}

/** Which card: by its title and what its key begins with; of anybody when `of` is absent. */
export interface Wanted {
  readonly title: string;
  readonly key: RegExp;
  readonly of?: string;
  /** Of tasks after this one only. */
  readonly afterTask?: number;
}

export interface Hands {
  find(wanted: Wanted): Promise<Pressable>;
  /** @returns what was pressed, once it was acknowledged */
  press(wanted: Wanted, selected?: Readonly<Record<string, readonly string[]>>): Promise<Pressable>;
  say(userid: string, text: string): Promise<void>;
}

/** A lease (30 s) of a process that died, and some more. */
const PATIENCE_MS = 75_000;
/** Each is up to four deliveries: about a minute of trying. */
const MOST_TRIES = 10;
/** How much of what happens is delivered two times at once. */
const DOUBLED = 0.3;

export function makeHands({ mirror, say, repeat, click }: Platform, ledger: Ledger, chance: Chance): Hands {
  const { callbacks } = ledger;
  const noted = ({ repeats, ...last }: Sent) => {
    const all = repeats ?? [last];
    callbacks.repeated += all.reduce((sum, sent) => sum + sent.attempts, -1);
    const delivered = all.some((sent) => sent.delivered);
    if (delivered) callbacks.acknowledged += 1;
    return delivered;
  };
  const find: Hands['find'] = async (wanted) => {
    const what = `${String(wanted.key)} on 「${wanted.title}」`;
    const message = await mirror.find(what, (one) => keyOn(one, wanted) !== null, PATIENCE_MS);
    return { message, key: keyOn(message, wanted) ?? '' };
  };
  return {
    find,
    async press(wanted, selected) {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const found = await find(wanted);
        const { id, userid } = found.message;
        const body = { messageId: id, key: found.key, ...(selected ? { selected } : {}) };
        const sent = await click(userid, body, chance.yes(DOUBLED));
        if (sent && noted(sent)) return found;
        await sleep(200);
      }
      throw new Error(`${String(wanted.key)} on 「${wanted.title}」 was pressed ${MOST_TRIES} times in vain`);
    },
    async say(userid, text) {
      let sent = await say(userid, text, chance.yes(DOUBLED));
      for (let tries = 1; !noted(sent); tries += 1) {
        if (tries === MOST_TRIES) throw new Error(`「${text}」 was sent ${MOST_TRIES} times in vain`);
        await sleep(200);
        sent = await repeat(userid, sent.messageId ?? '');
      }
    },
  };
}

function keyOn(message: Message, { title, key, of, afterTask = 0 }: Wanted): string | null {
  const { card, replaced, clickable } = message;
  if (!clickable || card?.main_title?.title !== title) return null;
  if (of !== undefined && message.userid !== of) return null;
  const buttons = replaced === undefined ? [...(card.button_list ?? []), card.submit_button] : [];
  const keys = [...buttons, ...(card.action_menu?.action_list ?? [])].map((one) => one?.key ?? '');
  return keys.find((one) => key.test(one) && (afterTask === 0 || taskOf(one) > afterTask)) ?? null;
}

/** A key of a task's button is `t.<act>.<ticket>.<task>.<version>`. */
export const taskOf = (key: string): number => (key.startsWith('t.') ? Number(key.split('.')[3]) : 0);
