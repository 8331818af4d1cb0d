/**
 * From what came in, whichever way, to what is answered: read, counted, given to the service, and its answer in the form
 * that this kind of callback takes. Shared by HTTP and Stream.
 */
import type { Log } from '../../lib/log.ts';
import type { Answered, Meter, Receive } from '../port.ts';
import { NOT_OURS, readCardAction } from './cardAction.ts';
import { looseIn } from './loose.ts';
import { isCounted, readEvent, type EventMeta } from './platformEvent.ts';
import { QUOTA_USED_UP, readRobotMessage } from './robotMessage.ts';
import type { Arrived, Read } from './told.ts';

export interface HearParts {
  readonly workspace: string;
  readonly corpId: string;
  readonly robotCode: string;
  readonly transport: 'http' | 'stream';
  readonly platformKeyOf: (outTrackId: string) => string | null;
  readonly isOurHost: (address: string) => boolean;
  readonly meter: Meter;
  readonly log: Log;
}

export type Heard = Answered | { readonly problem: 'foreign' | 'unreadable' };

export interface Hear {
  robot(body: unknown, when: When, receive: Receive): Promise<Heard>;
  card(body: unknown, when: When, receive: Receive): Promise<Heard>;
  /** @param content  told apart by it where it has no id */
  event(meta: EventMeta, content: string, when: When, receive: Receive): Promise<Heard>;
}

type When = Pick<Arrived, 'at' | 'stale'>;

export function makeHear(parts: HearParts): Hear {
  const { meter, log } = parts;
  const arrived = (when: When): Arrived => ({ ...parts, ...when });

  async function tell(read: Read, counted: boolean, receive: Receive): Promise<Heard> {
    // What another app was meant to hear was still pushed here.
    if (counted) meter.count('pushes');
    if ('problem' in read) return read;
    const { what } = read.event;
    if (what.type === 'other' && what.name === QUOTA_USED_UP)
      log.warn("the month's messages of the platform are used up: what people say and click arrives without content");
    if (what.type === 'other' && what.name === NOT_OURS)
      log.warn('a card was pressed and sent no key: is its template built as templates/dingtalk/README.md says?');
    return receive(read.event);
  }

  return {
    robot: (body, when, receive) =>
      tell(readRobotMessage(body, arrived(when), parts.isOurHost), looseIn(body) !== null, receive),
    card: (body, when, receive) =>
      tell(readCardAction(body, arrived(when), parts.platformKeyOf), looseIn(body) !== null, receive),
    event: (meta, content, when, receive) =>
      tell(readEvent(meta, content, arrived(when)), isCounted(meta.type), receive),
  };
}
