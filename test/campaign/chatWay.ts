/** WeCom: cards have choices only, so whatever is text is asked in the chat. */
import type { Way, WayParts } from './way.ts';
import { think } from './think.ts';

export function makeChatWay({ hands, chance }: WayParts): Way {
  return {
    async file({ title, requester, urgency, category, twice }, last) {
      if (twice) await hands.say(requester, `报修 ${title}之前的`);
      await hands.say(requester, `报修 ${title} ${urgency}`);
      await think(chance);
      await hands.say(requester, `${title}：三楼东侧`);
      const selected = { urgency: [urgency], category: [category] };
      await last(() => hands.press({ title, key: /^d\.submit\./, of: requester }, selected));
    },
    async comment({ title, by, words }, last) {
      await hands.press({ title, key: /^k\.comment\./, of: by });
      await last(() => hands.say(by, words));
    },
    async withdraw({ title, by, words }, last) {
      await hands.press({ title, key: /^k\.withdraw\./, of: by });
      await last(() => hands.say(by, words));
    },
    async complete({ title, by, words, afterTask = 0 }, last) {
      await hands.press({ title, key: /^t\.complete\./, of: by, afterTask });
      await hands.say(by, words);
      await hands.say(by, '1.5');
      await last(() => hands.say(by, '否'));
    },
    async refuse({ title, by, words, afterTask = 0 }, last) {
      await hands.press({ title, key: /^t\.refuse\./, of: by, afterTask });
      await last(() => hands.say(by, words));
    },
  };
}
