/** DingTalk: whatever an act needs is filled in on the card itself. */
import { askedKey } from '../../src/card/asked.ts';
import type { Way, WayParts } from './way.ts';
import { think } from './think.ts';

export function makeFormWay({ hands, chance }: WayParts): Way {
  const withWords = (words: string) => ({ [askedKey('comment')]: words });
  return {
    async file({ title, requester, urgency, category, twice, group }, last) {
      const say = (words: string) =>
        group === null ? hands.say(requester, words) : hands.mention(requester, group, words);
      if (twice) await say(`报修 ${title}之前的`);
      await say(`报修 ${title} ${urgency}`);
      await think(chance);
      const values = { urgency, category, detail: `${title}：三楼东侧` };
      await last(async () => {
        // What was written anew because nobody answered may have put the first form aside: its card says so.
        for (;;) {
          const pressed = await hands.press({ title, key: /^d\.submit\./, of: requester }, values);
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
