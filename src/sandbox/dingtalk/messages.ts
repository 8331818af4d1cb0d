/** Messages in people's chats: how the app's words become copies, one per reader. */
import type { Message } from '../client.ts';
import type { DingtalkCorp } from './corp.ts';
import { mediaUrl, type MediaShelf } from './media.ts';
import type { Stored } from './rows.ts';

type Body = Readonly<Record<string, unknown>>;

/** What a message comes to, before it is anybody's copy. */
export type Content = Pick<Message, 'kind'> &
  Partial<Pick<Message, 'text' | 'card' | 'mediaUrl' | 'fileName' | 'actionCard' | 'interactive'>>;

/** A new message from the app to one person. @param group null: in the chat with the app */
export function copyFor(
  corp: DingtalkCorp,
  userid: string,
  group: string | null,
  content: Content,
  sent: string | null,
): Stored {
  const message: Message = {
    id: corp.newMessageId(),
    userid,
    from: 'app',
    ...(group === null ? {} : { group }),
    at: corp.now(),
    ...content,
    clickable: false,
    version: 1,
  };
  return { message, sent };
}

/** Shows it to all of these at once. */
export function show(
  corp: DingtalkCorp,
  readers: readonly string[],
  group: string | null,
  content: Content,
  sent: string | null,
): void {
  const copies = readers.map((userid) => copyFor(corp, userid, group, content, sent));
  corp.rows.commit(...copies.map((stored) => ['message', stored.message.id, stored] as const));
}

const isWords = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** @returns these fields, all of them texts that say something; null when one is missing */
function words<K extends string>(body: Body, ...names: K[]): Record<K, string> | null {
  const read = names.map((name) => [name, body[name]] as const);
  return read.every(([, value]) => isWords(value)) ? (Object.fromEntries(read) as Record<K, string>) : null;
}

function actionCard(body: Body, buttons: readonly (readonly [unknown, unknown])[]): Content | null {
  const said = words(body, 'title', 'text');
  if (!said || buttons.length === 0 || !buttons.every((pair) => pair.every(isWords))) return null;
  const links = buttons.map(([title, url]) => ({ title: String(title), url: String(url) }));
  return { kind: 'action_card', text: said.title, actionCard: { ...said, buttons: links } };
}

/** A robot message by msgKey. Source: reference/dingtalk.md, 5.3. @returns null when the parameters do not fit; undefined for an unknown key */
export function contentOfKey(key: string, param: Body, media: MediaShelf): Content | null | undefined {
  const numbered = /^sampleActionCard([2-5])$/.exec(key)?.[1];
  if (numbered !== undefined) {
    const numbers = Array.from({ length: Number(numbered) }, (_, index) => index + 1);
    return actionCard(
      param,
      numbers.map((n) => [param[`actionTitle${n}`], param[`actionURL${n}`]]),
    );
  }
  switch (key) {
    case 'sampleText': {
      const said = words(param, 'content');
      return said && { kind: 'text', text: said.content };
    }
    case 'sampleMarkdown': {
      const said = words(param, 'title', 'text');
      return said && { kind: 'markdown', text: said.text };
    }
    case 'sampleActionCard':
      return actionCard(param, [[param['singleTitle'], param['singleURL']]]);
    case 'sampleActionCard6':
      return actionCard(
        param,
        [1, 2].map((n) => [param[`buttonTitle${n}`], param[`buttonUrl${n}`]]),
      );
    case 'sampleLink':
      return link(param);
    case 'sampleImageMsg': {
      const url = param['photoURL'];
      if (media.isUsable(url, 'image')) return { kind: 'image', mediaUrl: mediaUrl(url) };
      return isWords(url) && /^https?:/.test(url) ? { kind: 'image', mediaUrl: url } : null;
    }
    case 'sampleFile':
      return file(param, 'file', 'mediaId', media);
    case 'sampleAudio':
      return file(param, 'voice', 'mediaId', media);
    case 'sampleVideo':
      return file(param, 'video', 'videoMediaId', media);
    default:
      return undefined;
  }
}

function file(
  body: Body,
  kind: 'file' | 'voice' | 'video' | 'image',
  field: string,
  media: MediaShelf,
): Content | null {
  const id = body[field];
  if (!media.isUsable(id, kind)) return null;
  const name = isWords(body['fileName']) ? { fileName: body['fileName'] } : {};
  return { kind, mediaUrl: mediaUrl(id), ...name };
}

function link(body: Body): Content | null {
  const said = words(body, 'title', 'text', 'messageUrl');
  if (!said) return null;
  const picture = isWords(body['picUrl']) ? { picurl: body['picUrl'] } : {};
  const article = { title: said.title, description: said.text, url: said.messageUrl, ...picture };
  return { kind: 'news', text: said.title, card: { articles: [article] } };
}

const part = (body: Body, name: string): Body => {
  const value = body[name];
  return typeof value === 'object' && value !== null ? (value as Body) : {};
};

/** A body with `msgtype`: a sessionWebhook's, or the answer to a robot message over HTTP. @returns null when it does not fit */
export function contentOfType(body: Body, names: (userid: string) => string | undefined): Content | null {
  const type = body['msgtype'];
  const inner = part(body, String(type));
  const called = (text: string) => callByName(text, part(body, 'at')['atUserIds'], names);
  switch (type) {
    case 'text': {
      const said = words(inner, 'content');
      return said && { kind: 'text', text: called(said.content) };
    }
    case 'markdown': {
      const said = words(inner, 'title', 'text');
      return said && { kind: 'markdown', text: called(said.text) };
    }
    case 'link':
      return link(inner);
    case 'actionCard': {
      const several: unknown = inner['btns'];
      const buttons = Array.isArray(several)
        ? (several as Body[]).map((one) => [one['title'], one['actionURL']] as const)
        : [[inner['singleTitle'], inner['singleURL']] as const];
      return actionCard(inner, buttons);
    }
    case 'feedCard': {
      const links: unknown = inner['links'];
      if (!Array.isArray(links) || links.length === 0) return null;
      const read = (links as Body[]).map((one) => words(one, 'title', 'messageURL', 'picURL'));
      const articles = read.flatMap((one) =>
        one ? [{ title: one.title, url: one.messageURL, picurl: one.picURL }] : [],
      );
      return articles.length === read.length
        ? { kind: 'news', text: articles.map((one) => one.title).join('\n'), card: { articles } }
        : null;
    }
    default:
      return null;
  }
}

/** The client draws `@userid` as that person's name, where the message mentions them. */
function callByName(text: string, mentioned: unknown, names: (userid: string) => string | undefined): string {
  if (!Array.isArray(mentioned)) return text;
  return mentioned.reduce<string>((said, userid: unknown) => {
    const name = typeof userid === 'string' ? names(userid) : undefined;
    return name === undefined ? said : said.replaceAll(`@${String(userid)}`, `@${name}`);
  }, text);
}

/** The body of a work notification. Source: reference/dingtalk.md, 5.6. @returns null when it does not fit */
export function contentOfNotification(msg: Body, media: MediaShelf): Content | null {
  const type = msg['msgtype'];
  const inner = part(msg, String(type));
  switch (type) {
    case 'text':
    case 'markdown':
    case 'link':
      return contentOfType(msg, () => undefined);
    case 'image':
    case 'voice':
    case 'file':
      return file(inner, type, 'media_id', media);
    case 'action_card': {
      const list: unknown = inner['btn_json_list'];
      const card = { title: inner['title'], text: inner['markdown'] };
      const buttons = Array.isArray(list)
        ? (list as Body[]).map((one) => [one['title'], one['action_url']] as const)
        : [[inner['single_title'], inner['single_url']] as const];
      return actionCard(card, buttons);
    }
    case 'oa': {
      const body = part(inner, 'body');
      const rows = Array.isArray(body['form']) ? (body['form'] as Body[]) : [];
      const lines = rows.slice(0, 6).map((row) => `${String(row['key'])}${String(row['value'])}`);
      const text = [...lines, ...(isWords(body['content']) ? [body['content']] : [])].join('  \n');
      return actionCard({ title: body['title'], text: text || body['title'] }, [['查看详情', inner['message_url']]]);
    }
    default:
      return null;
  }
}
