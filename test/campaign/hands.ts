/** Hands of the sandbox's people: they write and press, and do it again as long as they are not heard. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Message, Sent } from '../../src/sandbox/client.ts';
import { pressOn, type Values } from '../support/cardPress.ts';
import type { Cast } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Ledger } from './ledger.ts';
import type { Mirror } from './mirror.ts';
import type { Platform } from './platform.ts';
import { type Button, buttonsOn, type Pressable, taskOf, titleOf } from './pressable.ts';

/** Which card: by its title and what its key begins with; of anybody when `of` is absent. */
export interface Wanted {
  readonly title: string;
  readonly key: RegExp;
  /** Any account of the person will do. */
  readonly of?: string;
  /** Of tasks after this one only. */
  readonly afterTask?: number;
  /** How long it is waited for; absent: as long as anything. */
  readonly withinMs?: number;
}

export interface Hands {
  find(wanted: Wanted): Promise<Pressable>;
  /**
   * @param values what is chosen or filled in with it: at DingTalk the button first brings the form, where it is not there yet
   * @returns what was pressed, once it was acknowledged, or the card itself says that the act was done
   */
  press(wanted: Wanted, values?: Values): Promise<Pressable>;
  /** What the answer to the press made of the card. */
  after(pressed: Pressable): Promise<Message>;
  say(userid: string, text: string): Promise<void>;
  /** DingTalk: to the service, in a group. */
  mention(userid: string, group: string, text: string): Promise<void>;
}

/** A lease (30 s) of a process that died, and some more. */
const PATIENCE_MS = 75_000;
/** At WeCom each is up to four deliveries: about a minute of trying. */
const MOST_TRIES = 10;
/** How much of what happens is delivered two times at once. */
const DOUBLED = 0.3;
/** Nobody waits less before pressing again. */
const AGAIN_MS = 700;
/** The answer to a click shows at once. */
const SHOWN_MS = 1_000;

interface Parts {
  readonly platform: Platform;
  readonly cast: Cast;
  readonly ledger: Ledger;
  readonly chance: Chance;
}

type Noted = (sent: Sent) => boolean;
type Find = Hands['find'];

export function makeHands(parts: Parts): Hands {
  const { platform, cast, ledger } = parts;
  const { callbacks } = ledger;
  const noted: Noted = ({ repeats, ...last }) => {
    const all = repeats ?? [last];
    callbacks.repeated += all.reduce((sum, sent) => sum + Math.max(0, sent.attempts - 1), all.length - 1);
    const delivered = all.some((sent) => sent.delivered);
    if (delivered) callbacks.acknowledged += 1;
    return delivered;
  };
  const find: Find = async (wanted) => {
    const what = `${String(wanted.key)} on 「${wanted.title}」`;
    const message = await platform.mirror.find(
      what,
      (one) => buttonFor(one, wanted, cast) !== null,
      wanted.withinMs ?? PATIENCE_MS,
    );
    const button = buttonFor(message, wanted, cast);
    if (!button) throw new Error(`${what} went away`);
    return { message, button };
  };
  const pressAtWecom = makeWecomPress(parts, find, noted);
  const pressAtDingtalk = makeDingtalkPress(parts, find, noted);
  const writeAtWecom = makeRepeating(parts, noted);
  const writeAtDingtalk = makeWritingAnew(parts, noted);
  return {
    find,
    after: ({ message }) => changed(platform.mirror, message),
    async press(wanted, values) {
      const { message } = await find(wanted);
      return (message.interactive ? pressAtDingtalk : pressAtWecom)(wanted, values);
    },
    say: (userid, text) =>
      cast.platformOf(userid) === 'wecom'
        ? writeAtWecom(userid, text)
        : writeAtDingtalk(userid, (twice) => platform.say(userid, text, twice)),
    mention: (userid, group, text) => writeAtDingtalk(userid, (twice) => platform.mention(userid, group, text, twice)),
  };
}

/** As it is once it changed, or did not for as long as an answer takes. */
const changed = (mirror: Mirror, { id, version }: Message): Promise<Message> =>
  mirror
    .find('a change', (one) => one.id === id && one.version > version, SHOWN_MS)
    .catch(() => mirror.get(id))
    .then((now) => now ?? Promise.reject(new Error(`The message ${id} is gone`)));

function buttonFor(
  message: Parameters<typeof buttonsOn>[0],
  { title, key, of, afterTask = 0 }: Wanted,
  { personOf }: Cast,
): Button | null {
  if (titleOf(message) !== title || message.group !== undefined) return null;
  if (of !== undefined && personOf(message.userid) !== personOf(of)) return null;
  const found = buttonsOn(message).find((one) => key.test(one.key) && (afterTask === 0 || taskOf(one.key) > afterTask));
  return found ?? null;
}

function makeWecomPress({ platform, chance }: Parts, find: Find, noted: Noted): Hands['press'] {
  return async (wanted, values) => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const found = await find(wanted);
      const { id, userid } = found.message;
      const selected = values as Readonly<Record<string, readonly string[]>> | undefined;
      const body = { messageId: id, key: found.button.key, ...(selected ? { selected } : {}) };
      const sent = await platform.click(userid, body, chance.yes(DOUBLED));
      if (sent && noted(sent)) return found;
      await sleep(200);
    }
    throw new Error(`${String(wanted.key)} on 「${wanted.title}」 was pressed ${MOST_TRIES} times in vain`);
  };
}

/**
 * DingTalk never delivers a click again: whoever heard nothing looks at the card, and presses again as long as it still
 * offers the same.
 */
function makeDingtalkPress({ platform, ledger, chance }: Parts, find: Find, noted: Noted): Hands['press'] {
  const { mirror } = platform;
  const still = ({ message, button }: Pressable): Pressable | null => {
    const now = mirror.get(message.id);
    const same = now && buttonsOn(now).find(({ key }) => key === button.key);
    return now && same ? { message: now, button: same } : null;
  };
  return async (wanted, values) => {
    let unheard: Pressable | null = null;
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
      const found: Pressable | null = unheard ? still(unheard) : await find(wanted);
      if (!found) return unheard ?? (await find(wanted));
      const { message, button } = found;
      const fills = values !== undefined && button.sends;
      const acts = fills || values === undefined;
      const body = pressOn(message, button.text, fills ? values : undefined);
      const sent = 'actionId' in body ? await platform.act(message.userid, body, chance.yes(DOUBLED)) : null;
      const heard = sent !== null && noted(sent);
      if (heard && acts) return found;
      if (heard) {
        await changed(mirror, message);
        continue;
      }
      ledger.callbacks.unheard += 1;
      if (acts) unheard = found;
      await sleep(AGAIN_MS);
    }
    throw new Error(`${String(wanted.key)} on 「${wanted.title}」 was pressed in vain`);
  };
}

function makeRepeating({ platform, chance }: Parts, noted: Noted): (userid: string, text: string) => Promise<void> {
  return async (userid, text) => {
    let sent = await platform.say(userid, text, chance.yes(DOUBLED));
    for (let tries = 1; !noted(sent); tries += 1) {
      if (tries === MOST_TRIES) throw new Error(`「${text}」 was sent ${MOST_TRIES} times in vain`);
      await sleep(200);
      sent = await platform.repeat(userid, sent.messageId ?? '');
    }
  };
}

/** Whether DingTalk sends a message again by itself is disputed (reference/dingtalk.md, 4.5): people write anew, too. */
function makeWritingAnew({ platform, ledger, chance }: Parts, noted: Noted) {
  return async (userid: string, send: (twice: boolean) => Promise<Sent>): Promise<void> => {
    const until = Date.now() + PATIENCE_MS;
    let sent = await send(chance.yes(DOUBLED));
    while (!noted(sent)) {
      if (Date.now() > until) throw new Error(`${userid} wrote in vain`);
      ledger.callbacks.unheard += 1;
      await sleep(AGAIN_MS);
      sent = chance.yes(0.5) ? await send(false) : await platform.repeat(userid, sent.messageId ?? '');
    }
  };
}
