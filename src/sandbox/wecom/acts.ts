/** What a person does in the chat, from the finger to the app's last answer. */
import type { ClickBody, Message, Sent } from '../client.ts';
import type { Upload } from '../multipart.ts';
import { mediaUrl } from './bodies.ts';
import type { Caller, Tamper } from './callback.ts';
import { click } from './click.ts';
import type { Corp } from './corp.ts';
import { makeEvents } from './events.ts';
import type { MediaShelf } from './media.ts';
import type { Callback } from './rows.ts';

/** How often the platform delivers the same event, and whether at once: what real networks do, on order. */
export interface Delivery {
  readonly repeat: number;
  readonly concurrent: boolean;
  readonly tamper?: Tamper;
}
const ONCE: Delivery = { repeat: 1, concurrent: false };

/** A text is why the person cannot do that. userids must be known. */
export interface Acts {
  text(userid: string, content: string, delivery?: Delivery): Promise<Sent>;
  image(userid: string, upload: Upload, delivery?: Delivery): Promise<Sent>;
  click(userid: string, act: ClickBody, delivery?: Delivery): Promise<Sent | string>;
  enter(userid: string, delivery?: Delivery): Promise<Sent>;
  /** The same callback once more, with the same MsgId. */
  retry(userid: string, messageId: string, delivery?: Delivery): Promise<Sent | string>;
}

/** Delivers callbacks, and writes on the person's own message what became of it. */
function makeCourier(corp: Corp, caller: Caller) {
  const deliver = async (callback: Callback, { repeat, concurrent, tamper }: Delivery): Promise<Sent> => {
    const once = () => caller.deliver(callback, tamper);
    const all: Sent[] = [];
    if (concurrent) all.push(...(await Promise.all(Array.from({ length: repeat }, once))));
    else for (let time = 0; time < repeat; time += 1) all.push(await once());
    const last = all.at(-1) ?? { delivered: false, status: 0, attempts: 0 };
    return all.length > 1 ? { ...last, repeats: all } : last;
  };
  const mark = (id: string, state: NonNullable<Message['delivery']>) => {
    const stored = corp.rows.get('message', id);
    if (!stored || stored.message.delivery === state) return;
    const message = { ...stored.message, delivery: state, version: stored.message.version + 1 };
    corp.rows.commit(['message', id, { ...stored, message }]);
  };
  return {
    deliver,
    async deliverOwn(id: string, callback: Callback, delivery: Delivery): Promise<Sent> {
      mark(id, 'sending');
      const sent = await deliver(callback, delivery);
      mark(id, sent.delivered ? 'delivered' : 'failed');
      return { ...sent, messageId: id };
    },
  };
}

/** @param publicUrl where the sandbox is reached, for the picture's address */
export function makeActs(corp: Corp, media: MediaShelf, caller: Caller, publicUrl: string): Acts {
  const events = makeEvents(corp);
  const courier = makeCourier(corp, caller);
  const say = (
    userid: string,
    callback: Callback,
    what: Pick<Message, 'kind' | 'text' | 'mediaUrl'>,
    delivery: Delivery,
  ) => {
    const id = corp.newMessageId();
    const message: Message = {
      id,
      userid,
      from: 'me',
      at: corp.now(),
      ...what,
      clickable: false,
      version: 1,
      delivery: 'sending',
    };
    corp.rows.commit(['message', id, { message, msgid: null, callback }]);
    return courier.deliverOwn(id, callback, delivery);
  };

  return {
    text: (userid, content, delivery = ONCE) =>
      say(
        userid,
        { xml: events.text(userid, content), userid, event: null },
        { kind: 'text', text: content },
        delivery,
      ),
    image(userid, upload, delivery = ONCE) {
      const id = media.keep('image', upload);
      const xml = events.image(userid, publicUrl + mediaUrl(id), id);
      return say(userid, { xml, userid, event: null }, { kind: 'image', mediaUrl: mediaUrl(id) }, delivery);
    },
    async click(userid, act, delivery = ONCE) {
      const callback = click(corp, events, userid, act);
      return typeof callback === 'string' ? callback : courier.deliver(callback, delivery);
    },
    enter: (userid, delivery = ONCE) =>
      courier.deliver({ xml: events.enterAgent(userid), userid, event: 'enter_agent' }, delivery),
    async retry(userid, messageId, delivery = ONCE) {
      const stored = corp.rows.get('message', messageId);
      if (!stored?.callback || stored.message.userid !== userid) return 'This person wrote no such message.';
      return courier.deliverOwn(messageId, stored.callback, delivery);
    },
  };
}

/** What was under way when the sandbox ended will not arrive any more: say so, so that it can be sent again. */
export function failInterrupted(corp: Corp): void {
  for (const [id, stored] of [...corp.rows.all('message')])
    if (stored.message.delivery === 'sending')
      corp.rows.commit(['message', id, { ...stored, message: { ...stored.message, delivery: 'failed' } }]);
}
