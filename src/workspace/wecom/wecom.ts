/** One app of one WeCom corp, as a workspace. Puts the parts together; each part is a file beside this one. */
import type { Card } from '../../card/card.ts';
import { encodeWecom } from '../../card/wecom/encode.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Answer, Capabilities, Workspace } from '../port.ts';
import { signedInUrl } from '../signedInUrl.ts';
import { makeToken } from '../token.ts';
import type { TokenCache } from '../tokenCache.ts';
import { fetchToken, isNoForGood, makeApi, makeHttp } from './api.ts';
import { makeCallback } from './callback.ts';
import { fetchDirectory } from './contacts.ts';
import { makeEnvelope } from './crypto.ts';
import type { Told } from './events.ts';
import { fetchMedia } from './media.ts';
import { sendMessage, updateCard } from './messages.ts';
import type { Reply, XmlValue } from './reply.ts';
import { makeSignIn } from './signIn.ts';
import { cutBytes, TEXT_BYTES, withLink, withoutTags } from './text.ts';

export interface WecomOptions {
  /** The workspace's id, part of its addresses. */
  readonly id: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  /** Of the callback. */
  readonly token: string;
  readonly encodingAesKey: string;
  /** e.g. `https://qyapi.weixin.qq.com`; a slash at the end of any of these is ignored. */
  readonly apiBase: string;
  readonly oauthBase?: string;
  readonly ssoBase?: string;
  /** Where people reach this service. */
  readonly publicUrl: string;
  readonly cache: TokenCache;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings?: {
    /** Whether answering a click with a card uses up its code: not documented, so it can be set. Default: it does. */
    readonly answerSpendsCode?: boolean;
    readonly replayWindowMs?: number;
    /** Of one call to the platform. */
    readonly timeoutMs?: number;
  };
}

const MINUTE = 60_000;
const bare = (address: string): string => address.replace(/\/+$/, '');

/** @throws Error when `encodingAesKey` can't be a key */
export function makeWecom(o: WecomOptions): Workspace {
  const { id, corpId, agentId, clock, cache, settings = {} } = o;
  const log = o.log.with({ workspace: id });
  const http = makeHttp(bare(o.apiBase), settings.timeoutMs ?? 8000);
  const token = makeToken({
    key: `wecom:token:${corpId}:${agentId}`,
    aheadMs: MINUTE,
    cache,
    clock,
    fetch: () => fetchToken(http, corpId, o.secret),
    isNo: isNoForGood,
  });
  const api = makeApi({ http, token, log });
  const publicUrl = bare(o.publicUrl);
  const openUrl = (url: string) => signedInUrl(url, publicUrl, id);
  const encode = (card: Card, taskId: string) => encodeWecom(card, { taskId, openUrl }).card;
  const messages = { api, agentId, clock, encode, openUrl };
  const callback = makeCallback({
    workspace: id,
    corpId,
    envelope: makeEnvelope({ token: o.token, encodingAesKey: o.encodingAesKey, receiveId: corpId }),
    replayWindowMs: settings.replayWindowMs ?? 5 * MINUTE,
    clock,
    log,
    replyOf: (answer, told) => replyOf(answer, told, { encode, openUrl }),
  });

  return {
    id,
    kind: 'wecom',
    capabilities: { ...CAPABILITIES, answerSpendsCode: settings.answerSpendsCode ?? true },
    callback,
    send: (message) => sendMessage(messages, message),
    update: (update) => updateCard(messages, update),
    todos: null,
    directory: () => fetchDirectory(api),
    media: (mediaId) => fetchMedia(api, mediaId),
    signIn: makeSignIn({
      api,
      corpId,
      agentId,
      oauthBase: bare(o.oauthBase ?? 'https://open.weixin.qq.com'),
      ssoBase: bare(o.ssoBase ?? 'https://login.work.weixin.qq.com'),
    }),
    // WeCom calls us: there is no connection to hold.
    start: async () => undefined,
    stop: async () => undefined,
  };
}

const CAPABILITIES: Omit<Capabilities, 'answerSpendsCode'> = {
  update: 'by_code',
  inputs: { kinds: ['choice'], count: 3, options: 10 },
  todos: false,
  groups: false,
  tellsEntering: true,
  // A callback without an answer within 5 s comes again, up to three times.
  clicksAgain: true,
  again: {
    // A task_id that is used already is refused with 42014: the first one arrived.
    card: 'resend',
    // A response_code works once: 60140 means that the first attempt arrived.
    update: 'resend',
    // Under duplicate_check WeCom itself drops the second of two equal texts.
    text: 'resend',
    // Never sent: WeCom's app speaks to people.
    group_text: 'never_resend',
    todo: 'never_resend',
  },
  quota: null,
  perPersonPerMinute: 30,
};

interface Encoders {
  readonly encode: (card: Card, taskId: string) => object;
  readonly openUrl: (url: string) => string;
}

function replyOf(answer: Answer, { event }: Told, { encode, openUrl }: Encoders): Reply | null {
  if (answer.card && event.what.type === 'click')
    return {
      type: 'update_template_card',
      card: encode(answer.card, event.what.card) as { readonly [name: string]: XmlValue },
    };
  // The platform itself reads no answer.
  if (!answer.text || event.account === '') return null;
  const text = withoutTags(answer.text);
  const { link } = answer;
  return {
    type: 'text',
    text: link ? withLink(text, { ...link, url: openUrl(link.url) }) : cutBytes(text, TEXT_BYTES),
  };
}
