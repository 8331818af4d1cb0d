/** DingTalk: whatever an act needs is filled in on the card itself. */
import { askedKey } from '../../src/card/asked.ts';
import type { Values } from '../support/cardPress.ts';
import type { Pressable } from './pressable.ts';
import type { Way, WayParts } from './way.ts';
import { think } from './think.ts';

export function makeFormWay({ hands, chance }: WayParts): Way {
  /**
   * A message of theirs that was taken for lost, and written anew, may arrive after all and put this form aside: there is
   * one form at a time, and the last word counts. Whoever looks for it in vain asks for it again.
   */
  const submit = async (title: string, of: string, values: Values, ask: () => Promise<void>): Promise<Pressable> => {
    const wanted = { title, key: /^d\.submit\./, of };
    for (let tries = 1; tries < MOST_ASKED; tries += 1) {
      try {
        await hands.find({ ...wanted, withinMs: FORM_MS });
        break;
      } catch {
        await ask();
      }
    }
    return hands.press(wanted, values);
  };
  const withWords = (words: string) => ({ [askedKey('comment')]: words });
  return {
    async file({ title, requester, urgency, category, twice, group }, last) {
      const say = (words: string) =>
        group === null ? hands.say(requester, words) : hands.mention(requester, group, words);
      if (twice) await say(`报修 ${title}之前的`);
      const words = `报修 ${title} ${urgency}`;
      await say(words);
      await think(chance);
      const values = { urgency, category, detail: `${title}：三楼东侧` };
      await last(async () => {
        // What was written anew because nobody answered may have put the first form aside: its card says so.
        for (;;) {
          const pressed = await submit(title, requester, values, () => say(words));
          const { interactive } = await hands.after(pressed);
          if (interactive?.data['over'] !== CANCELLED) return;
        }
      });
    },
    comment: ({ title, by, words }, last) =>
      last(() => hands.press({ title, key: /^k\.comment\./, of: by }, withWords(words))),
    withdraw: ({ title, by, words }, last) =>
      last(() => hands.press({ title, key: /^k\.withdraw\./, of: by }, withWords(words))),
    complete: ({ title, by, words, afterTask = 0 }, last) =>
      last(() =>
        hands.press({ title, key: /^t\.complete\./, of: by, afterTask }, { solution: words, effort: 1.5, core: '否' }),
      ),
    refuse: ({ title, by, words, afterTask = 0 }, last) =>
      last(() => hands.press({ title, key: /^t\.refuse\./, of: by, afterTask }, withWords(words))),
  };
}

const CANCELLED = '已取消';
/** A lease (30 s) of a process that died, and some more. */
const FORM_MS = 35_000;
const MOST_ASKED = 3;
