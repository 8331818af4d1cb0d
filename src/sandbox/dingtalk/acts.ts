/** What a person does in the chat, from the finger to the app's last answer. */
import type { GroupTextBody, InteractiveClick, Message, Sent } from '../client.ts';
import type { Upload } from '../multipart.ts';
import type { Employee, GroupChat } from '../organisation.ts';
import { actionWithoutContent, applyAnswer, cardAction } from './cardAction.ts';
import type { DingtalkCorp } from './corp.ts';
import { mediaUrl, type MediaShelf } from './media.ts';
import { contentOfType, show } from './messages.ts';
import type { CardTarget, Delivery, Push, Pushed } from './push.ts';
import { robotMessage, withoutContent, type Said } from './robotMessage.ts';
import type { CardInstance, Stored } from './rows.ts';
import type { Usage } from './usage.ts';

/** A text is why the person cannot do that. */
export interface Acts {
  text(person: Employee, content: string, how: Delivery): Promise<Sent>;
  image(person: Employee, upload: Upload, how: Delivery): Promise<Sent>;
  file(person: Employee, upload: Upload, how: Delivery): Promise<Sent>;
  groupText(person: Employee, group: GroupChat, body: GroupTextBody, how: Delivery): Promise<Sent>;
  /** With a mention of the app, and these words beside it. */
  groupImage(person: Employee, group: GroupChat, upload: Upload, words: string, how: Delivery): Promise<Sent>;
  act(person: Employee, click: InteractiveClick, how: Delivery): Promise<Sent | string>;
  /** The same callback once more, with the same msgId. */
  retry(person: Employee, messageId: string, how: Delivery): Promise<Sent | string>;
}

export interface ActsOptions {
  corp: DingtalkCorp;
  media: MediaShelf;
  push: Push;
  usage: Usage;
}

/** How the app is called when somebody mentions it. */
export const APP_NAME = '派单';
/** Written, and no business of the app's. */
const UNHEARD: Sent = { delivered: true, status: 0, attempts: 0 };

type Shown = Pick<Message, 'kind'> & Partial<Pick<Message, 'text' | 'mediaUrl' | 'fileName'>>;

export function makeActs({ corp, media, push, usage }: ActsOptions): Acts {
  const courier = makeCourier(corp, push, usage);
  const say = async (
    person: Employee,
    group: GroupChat | null,
    shown: Shown,
    said: Said | null,
    how: Delivery,
  ): Promise<Sent> => {
    const robot = said && robotMessage(corp, person, group, said);
    const id = write(corp, person, group, shown, robot);
    return robot ? courier.deliver(id, robot, how) : { ...UNHEARD, messageId: id };
  };

  return {
    text: (person, content, how) =>
      say(person, null, { kind: 'text', text: content }, { msgtype: 'text', text: { content } }, how),
    image(person, upload, how) {
      const id = media.keep('image', upload);
      const content = { downloadCode: media.code(id), pictureDownloadCode: media.code(id) };
      return say(person, null, { kind: 'image', mediaUrl: mediaUrl(id) }, { msgtype: 'picture', content }, how);
    },
    file(person, upload, how) {
      const id = media.keep('file', upload);
      const content = { downloadCode: media.code(id), fileName: upload.name };
      const shown: Shown = { kind: 'file', mediaUrl: mediaUrl(id), fileName: upload.name };
      return say(person, null, shown, { msgtype: 'file', content }, how);
    },
    groupText(person, group, { content, mention }, how) {
      if (!mention) return say(person, group, { kind: 'text', text: content }, null, how);
      // The mention itself is taken out, the space behind it stays.
      const said: Said = { msgtype: 'text', text: { content: ` ${content}` } };
      return say(person, group, { kind: 'text', text: `@${APP_NAME} ${content}` }, said, how);
    },
    groupImage(person, group, upload, words, how) {
      const id = media.keep('image', upload);
      const picture = { type: 'picture', downloadCode: media.code(id) };
      const richText = [...(words === '' ? [] : [{ text: ` ${words}` }]), picture];
      const shown: Shown = { kind: 'image', mediaUrl: mediaUrl(id), text: `@${APP_NAME} ${words}`.trim() };
      return say(person, group, shown, { msgtype: 'richText', content: { richText } }, how);
    },
    async act(person, click, how) {
      const stored = corp.rows.get('message', click.messageId);
      const outTrackId = stored?.message.interactive?.outTrackId;
      const card = outTrackId === undefined ? undefined : corp.rows.get('card', outTrackId);
      if (!stored || !card || stored.message.userid !== person.userid) return 'This person has no such card.';
      const body = cardAction(corp, stored, card, click);
      if (typeof body === 'string') return body;
      return courier.press(click.messageId, card, body, how);
    },
    async retry(person, messageId, how) {
      const stored = corp.rows.get('message', messageId);
      if (!stored?.robot || stored.message.userid !== person.userid) return 'This person wrote no such message.';
      return courier.deliver(messageId, stored.robot, how);
    },
  };
}

/** Shows the message to everybody who reads along. @returns the id of the writer's own copy */
function write(
  corp: DingtalkCorp,
  person: Employee,
  group: GroupChat | null,
  shown: Shown,
  robot: object | null,
): string {
  const copies = (group?.members ?? [person.userid]).map((userid): Stored => {
    const own = userid === person.userid;
    const message: Message = {
      id: corp.newMessageId(),
      userid,
      from: own ? 'me' : 'other',
      ...(group === null ? {} : { group: group.id, by: person.userid }),
      at: corp.now(),
      ...shown,
      clickable: false,
      version: 1,
      ...(own && robot ? { delivery: 'sending' as const } : {}),
    };
    return { message, sent: null, ...(own && robot ? { robot } : {}) };
  });
  corp.rows.commit(...copies.map((copy) => ['message', copy.message.id, copy] as const));
  return copies.find((copy) => copy.message.userid === person.userid)?.message.id ?? '';
}

/** Delivers callbacks, and writes in the chat what became of them. */
function makeCourier(corp: DingtalkCorp, push: Push, usage: Usage) {
  const names = (userid: string) => corp.directory.find(userid)?.name;
  const mark = (id: string, state: NonNullable<Message['delivery']>) => {
    const stored = corp.rows.get('message', id);
    if (!stored || stored.message.delivery === state) return;
    const message = { ...stored.message, delivery: state, version: stored.message.version + 1 };
    corp.rows.commit(['message', id, { ...stored, message }]);
  };
  /** Over HTTP the answer itself may say something, there where it was asked. */
  const applyReply = (asked: Message, { reply }: Pushed) => {
    if (typeof reply !== 'object' || reply === null || !('msgtype' in reply) || reply.msgtype === 'empty') return;
    const content = contentOfType(reply, names);
    if (!content) return corp.log.warn('sandbox: the answer to a robot message was refused', { reply });
    const group = asked.group ?? null;
    show(corp, group === null ? [asked.userid] : (corp.group(group)?.members ?? []), group, content, null);
  };
  const targetOf = (card: CardInstance): CardTarget | null => {
    if (card.callbackType === 'STREAM') return { type: 'STREAM' };
    const route = card.routeKey === null ? undefined : corp.rows.get('route', card.routeKey);
    return route ? { type: 'HTTP', ...route } : null;
  };
  return {
    async deliver(id: string, robot: object, how: Delivery): Promise<Sent> {
      mark(id, 'sending');
      const full = usage.push(how.repeat ?? 1);
      const pushed = await push.robot(full ? robot : withoutContent(robot), how);
      mark(id, pushed.delivered ? 'delivered' : 'failed');
      const asked = corp.rows.get('message', id)?.message;
      if (asked) for (const one of pushed.repeats ?? [pushed]) applyReply(asked, one);
      return { ...sentOf(pushed), messageId: id };
    },
    async press(id: string, card: CardInstance, body: object, how: Delivery): Promise<Sent> {
      const to = targetOf(card);
      // A card without callbackType has nowhere to call: the usual reason why no action arrives.
      if (!to) return { delivered: false, status: 0, attempts: 0 };
      const full = usage.push(how.repeat ?? 1);
      const pushed = await push.card(to, full ? body : actionWithoutContent(body), how);
      for (const one of pushed.repeats ?? [pushed]) applyAnswer(corp, id, one);
      return sentOf(pushed);
    },
  };
}

const sentOf = ({ delivered, status, attempts, reply, repeats }: Pushed): Sent => ({
  delivered,
  status,
  attempts,
  ...(reply === undefined ? {} : { reply }),
  ...(repeats ? { repeats: repeats.map(sentOf) } : {}),
});
