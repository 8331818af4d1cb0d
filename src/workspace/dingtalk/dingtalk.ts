/** One app of one DingTalk corp, as a workspace. Puts the parts together; each part is a file beside this one. */
import type { Card } from '../../card/card.ts';
import { encodeDingtalk } from '../../card/dingtalk/encode.ts';
import type { Log } from '../../lib/log.ts';
import type { Receive, Workspace } from '../port.ts';
import { signedInUrl } from '../signedInUrl.ts';
import { makeToken } from '../token.ts';
import { fetchToken, isNoForGood, makeApi, makeHttp, type Api } from './api.ts';
import { makeCallback } from './callback.ts';
import { capabilitiesOf } from './capabilities.ts';
import { makeCardRoute, type CardRoute } from './cardRoute.ts';
import { makeCards, makeLinkCards, type Cards } from './cards.ts';
import { fetchDirectory } from './contacts.ts';
import { makeEnvelope, type Envelope } from './crypto.ts';
import { makeHandle, TOPICS } from './frames.ts';
import { makeHear, type Hear } from './hear.ts';
import { fetchMedia } from './media.ts';
import { sendText } from './messages.ts';
import { makeNotify } from './notification.ts';
import type { DingtalkOptions } from './options.ts';
import { makePeople, type People } from './people.ts';
import { makeSignIn } from './signIn.ts';
import { makeStream, type Stream } from './stream.ts';
import { makeTodos } from './todos.ts';

export type { DingtalkOptions } from './options.ts';

const MINUTE = 60_000;
const TIMEOUT = 8000;
const bare = (address: string): string => address.replace(/\/+$/, '');

/** @throws Error when `aesKey` can't be a key */
export function makeDingtalk(o: DingtalkOptions): Workspace {
  const { id, robotCode, clock, agentId, settings = {} } = o;
  const log = o.log.with({ workspace: id });
  const http = makeHttp(settings.timeoutMs ?? TIMEOUT);
  const api = apiOf(o, http, log);
  const people = makePeople(api, o.spelling ?? (async () => null));
  const openUrl = (url: string) => signedInUrl(url, bare(o.publicUrl), id);
  const isOurHost = webhookOf(bare(o.oapiBase));
  const { formBytes } = settings;
  const encode = (card: Card) =>
    encodeDingtalk(card, { openUrl, ...(formBytes === undefined ? {} : { formBytes }) }).params;
  const names = namesOf(id);
  const route = routeOf(o, api, log);
  const cards = cardsOf(o, { api, people, openUrl, encode, route, outTrackIdOf: names.ours });
  const hear = makeHear({ ...o, workspace: id, log, platformKeyOf: names.theirs, isOurHost });
  const notify = agentId === null ? null : makeNotify({ api, agentId, clock });
  const messages = { api, http, robotCode, people, isOurHost, openUrl, notify, clock };
  let stream: Stream | null = null;

  return {
    id,
    kind: 'dingtalk',
    capabilities: capabilitiesOf(o.cardTemplateId !== null, settings.quota),
    callback: makeCallback({
      clientSecret: o.clientSecret,
      cardSecrets: () => route?.secrets() ?? [],
      envelope: envelopeOf(o),
      hear,
      encode,
      openUrl,
      replayWindowMs: settings.replayWindowMs ?? 60 * MINUTE,
      eventWindowMs: settings.eventWindowMs ?? 5 * MINUTE,
      clock,
      log,
    }),
    async send(message) {
      await people.meet(message.to);
      if (message.kind === 'card') return cards.send(message);
      await people.meet(message.mention);
      return sendText(messages, message);
    },
    async update(update) {
      await people.meet(update.to);
      return cards.update(update);
    },
    todos: makeTodos({ api, people, openUrl, sourceIdOf: names.ours }),
    directory: () => fetchDirectory(api, people),
    media: (code) => fetchMedia({ api, robotCode, timeoutMs: settings.timeoutMs ?? TIMEOUT }, code),
    signIn: makeSignIn({ ...o, api, loginBase: bare(o.loginBase) }),
    async start(receive) {
      route?.start();
      if (o.transport === 'http') return;
      stream ??= streamOf(o, hear, encode, log, receive);
      await stream.start();
    },
    async stop() {
      route?.stop();
      await stream?.stop();
    },
  };
}

function apiOf(o: DingtalkOptions, http: ReturnType<typeof makeHttp>, log: Log): Api {
  const hosts = { apiBase: bare(o.apiBase), oapiBase: bare(o.oapiBase) };
  const token = makeToken({
    key: `dingtalk:token:${o.clientId}`,
    aheadMs: 10 * MINUTE,
    cache: o.cache,
    clock: o.clock,
    fetch: () => fetchToken({ http, ...hosts }, o.clientId, o.clientSecret),
    isNo: isNoForGood,
  });
  return makeApi({ http, ...hosts, token, meter: o.meter, log });
}

/** Clicks over HTTP; over Stream there is no address to register, and without a template nothing to click. */
function routeOf(o: DingtalkOptions, api: Api, log: Log): CardRoute | null {
  if (o.transport !== 'http' || o.cardTemplateId === null) return null;
  const url = `${bare(o.publicUrl)}/callbacks/dingtalk/${o.id}/card`;
  return makeCardRoute({ api, workspace: o.id, clientSecret: o.clientSecret, url, log });
}

interface Shared {
  readonly api: Api;
  readonly people: People;
  readonly openUrl: (url: string) => string;
  readonly encode: (card: Card) => Record<string, string>;
  readonly route: CardRoute | null;
  readonly outTrackIdOf: (platformKey: string) => string;
}

function cardsOf({ robotCode, cardTemplateId }: DingtalkOptions, shared: Shared): Cards {
  const { route } = shared;
  if (cardTemplateId === null) return makeLinkCards({ ...shared, robotCode });
  return makeCards({
    ...shared,
    robotCode,
    templateId: cardTemplateId,
    callback: route ? { callbackType: 'HTTP', callbackRouteKey: route.key } : { callbackType: 'STREAM' },
  });
}

function envelopeOf({ transport, token, aesKey, clientId, corpId }: DingtalkOptions): Envelope | null {
  if (transport !== 'http' || token === null || aesKey === null) return null;
  return makeEnvelope({ token, aesKey, owners: [clientId, corpId] });
}

function streamOf(o: DingtalkOptions, hear: Hear, encode: Shared['encode'], log: Log, receive: Receive): Stream {
  const { apiBase, clientId, clientSecret, clock, settings } = o;
  const idleMs = settings?.streamIdleMs;
  return makeStream({
    apiBase: bare(apiBase),
    clientId,
    clientSecret,
    topics: TOPICS,
    handle: makeHandle({ hear, encode, clock, log }, receive),
    clock,
    log,
    settings: idleMs === undefined ? {} : { idleMs },
  });
}

/** outTrackId and sourceId are the corp's: what we name there begins with whose it is. Theirs may have 100 characters. */
function namesOf(workspace: string) {
  const prefix = `${workspace}-`;
  return {
    ours(platformKey: string): string {
      const name = prefix + platformKey;
      if (!/^[0-9A-Za-z_\-@]{1,100}$/.test(name)) throw new Error(`Not an outTrackId: ${name}`);
      return name;
    },
    theirs: (name: string): string | null => (name.startsWith(prefix) ? name.slice(prefix.length) : null),
  };
}

/** Only there answers are taken; anything else is somebody's invention. */
function webhookOf(oapiBase: string): (address: string) => boolean {
  const { origin } = new URL(oapiBase);
  return (address) => {
    if (!URL.canParse(address)) return false;
    const { origin: given, pathname, username } = new URL(address);
    return given === origin && username === '' && pathname.endsWith('/robot/sendBySession');
  };
}
