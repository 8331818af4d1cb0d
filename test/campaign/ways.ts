import type { Cast } from './cast.ts';
import { makeChatWay } from './chatWay.ts';
import { makeFormWay } from './formWay.ts';
import type { WayParts, Ways } from './way.ts';

export function makeWays(cast: Cast, parts: WayParts): Ways {
  const [chat, form] = [makeChatWay(parts), makeFormWay(parts)];
  return {
    at: ({ interactive }) => (interactive ? form : chat),
    of: (userid) => (cast.platformOf(userid) === 'dingtalk' ? form : chat),
  };
}
