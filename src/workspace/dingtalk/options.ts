/** What one DingTalk app of one corp is connected with. */
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Meter, Quota } from '../port.ts';
import type { TokenCache } from '../tokenCache.ts';

export interface DingtalkOptions {
  /** The workspace's id, part of its addresses. */
  readonly id: string;
  readonly corpId: string;
  /** Client ID and AppKey are two names of one thing; so are Client Secret and AppSecret. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly robotCode: string;
  /** Of work notifications, by which people are reached whom the robot can't reach; null: they are not. */
  readonly agentId: number | null;
  /** How robot messages, events and clicks on cards come. */
  readonly transport: 'http' | 'stream';
  /** Of events over HTTP. */
  readonly token: string | null;
  readonly aesKey: string | null;
  /** null: cards are messages with links to pages; nothing on them can be clicked or changed. */
  readonly cardTemplateId: string | null;
  /** e.g. `https://api.dingtalk.com`; a slash at the end of any of these is ignored. */
  readonly apiBase: string;
  /** e.g. `https://oapi.dingtalk.com` */
  readonly oapiBase: string;
  /** e.g. `https://login.dingtalk.com` */
  readonly loginBase: string;
  /** The script that gives pages inside the client `dd.requestAuthCode`. */
  readonly jsapiUrl: string;
  /** Where people, and DingTalk, reach this service. */
  readonly publicUrl: string;
  /**
   * How the platform spells an account (ours are in small letters, its own are not alike in any), as the last directory told
   * it; null: unknown. Before this process has read a directory itself, nobody else knows.
   */
  readonly spelling?: (account: string) => Promise<string | null>;
  readonly cache: TokenCache;
  readonly meter: Meter;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings?: {
    /** Of one call to the platform. */
    readonly timeoutMs?: number;
    /** How old a robot message or a click over HTTP may be; default 1 h, as the platform says. */
    readonly replayWindowMs?: number;
    /** The same of events over HTTP; default 5 minutes. */
    readonly eventWindowMs?: number;
    /** null: the corp's plan counts nothing. */
    readonly quota?: Quota | null;
    /** Most bytes of a card's form. */
    readonly formBytes?: number;
    /** A Stream connection that is silent for so long is replaced. */
    readonly streamIdleMs?: number;
  };
}
