/** What the local DingTalk remembers. One table of the journal per kind of row; instants are epoch milliseconds of the virtual clock. */
import type { Message } from '../client.ts';
import type { PushSettings } from './pushSettings.ts';
import type { DingtalkSettings } from './settings.ts';

export interface Tables {
  meta: Meta;
  settings: DingtalkSettings;
  message: Stored;
  card: CardInstance;
  route: Route;
  token: Token;
  login: Login;
  session: Session;
  media: Media;
  download: Download;
  todo: TodoRow;
  task: Task;
  month: Month;
}
export const TABLES = [
  'meta',
  'settings',
  'message',
  'card',
  'route',
  'token',
  'login',
  'session',
  'media',
  'download',
  'todo',
  'task',
  'month',
] as const satisfies readonly (keyof Tables)[];

/** Row `corp`. */
export interface Meta {
  readonly starts: number;
  /** What the console holds. */
  readonly push: PushSettings | null;
}

/** One person's copy of a message. */
export interface Stored {
  readonly message: Message;
  /** `processQueryKey` of the app's send; null for what people wrote and for answers. */
  readonly sent: string | null;
  /** A card's place: what a click on it reports. */
  readonly space?: { readonly type: 'IM_GROUP' | 'IM_ROBOT'; readonly id: string };
  /** The robot message that the person's own message raised, so that it can be delivered again. */
  readonly robot?: object;
}

/** Variables of a card. Values are always strings. */
export type Params = Readonly<Record<string, string>>;

/** Key: outTrackId. */
export interface CardInstance {
  readonly templateId: string;
  readonly callbackType: 'STREAM' | 'HTTP' | null;
  readonly routeKey: string | null;
  readonly userIdType: 1 | 2;
  readonly data: Params;
  /** By userid; goes over the public data. */
  readonly privately: Readonly<Record<string, Params>>;
  /** By userid: public data of a callback's answer, which nobody else sees, until the next public update. */
  readonly answered: Readonly<Record<string, Params>>;
  /** The spaces that were opened by a space model. */
  readonly spaces: readonly string[];
  /** What the chat list says of it. */
  readonly summary: string | null;
  readonly delivered: readonly Delivered[];
}

/** Result of a delivery into one space, as the platform answers it. */
export interface Delivered {
  readonly spaceType: string;
  readonly spaceId: string;
  readonly success: boolean;
  readonly carrierId: string;
  readonly errorMsg: string;
}

/** Key: callbackRouteKey. */
export interface Route {
  readonly url: string;
  readonly apiSecret: string | null;
}

export interface Token {
  readonly kind: 'app' | 'user' | 'refresh' | 'jsapi';
  readonly until: number;
  /** `user`, `refresh`: whose. */
  readonly userid?: string;
  readonly since: number;
}

/** `inside`: for a page in the client; `browser`: from the sign-in page. */
export interface Login {
  readonly kind: 'inside' | 'browser';
  readonly userid: string;
  readonly at: number;
  readonly used: boolean;
}

/** Where a sessionWebhook leads. */
export interface Session {
  /** null: the one-to-one chat. */
  readonly group: string | null;
  readonly userid: string;
  readonly until: number;
}

export interface Media {
  readonly type: 'image' | 'voice' | 'video' | 'file';
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  readonly at: number;
}

/** A download code (`code`), or the temporary address that it was changed for (`url`). */
export interface Download {
  readonly kind: 'code' | 'url';
  readonly mediaId: string;
  readonly until: number;
}

/** Key: taskId. Everybody in it is a unionId. */
export interface TodoRow {
  readonly owner: string;
  readonly subject: string;
  readonly sourceId: string | null;
  readonly url: string;
  readonly pcUrl: string;
  readonly dueTime: number | null;
  readonly executors: readonly string[];
  readonly participants: readonly string[];
  /** Of the whole. */
  readonly done: boolean;
  readonly doneBy: readonly string[];
  readonly createdAt: number;
  readonly changedAt: number;
  readonly finishedAt: number | null;
}

/** A work notification; key: task_id. */
export interface Task {
  readonly at: number;
  readonly digest: string;
  readonly invalid: readonly string[];
  readonly forbidden: readonly { readonly code: string; readonly userid: string }[];
  readonly unread: readonly string[];
}

/** Key: `2026-03`, of UTC+8. */
export interface Month {
  readonly calls: number;
  readonly pushes: number;
}

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const LOGIN_LIFE = 5 * 60_000;

/** Is this row still of use? Judged when the journal is compacted, with a day's grace so that "expired" can still be told from "unknown". */
export function stillUseful(table: keyof Tables, value: Tables[keyof Tables], now: number): boolean {
  switch (table) {
    case 'token':
    case 'session':
    case 'download':
      return (value as Token | Session | Download).until + DAY > now;
    case 'login':
      return (value as Login).at + LOGIN_LIFE + DAY > now;
    case 'task':
      return (value as Task).at + 2 * DAY > now;
    default:
      return true;
  }
}
