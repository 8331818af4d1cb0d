/** Interactive cards by the one template, and messages with links where there is none. Source: reference/dingtalk.md, 5.3 and 6.2–6.4. */
import { z } from 'zod';
import { actionCard } from '../../card/dingtalk/actionCard.ts';
import type { Card } from '../../card/card.ts';
import { groupOf } from '../../lib/chat.ts';
import type { CardUpdate, Outgoing, Sent } from '../port.ts';
import type { Api } from './api.ts';
import { dead, sentFrom } from './failure.ts';
import { outOfReach, sendRobot, type RobotMessage } from './messages.ts';
import type { People } from './people.ts';
import { firstLine } from './text.ts';

type CardMessage = Extract<Outgoing, { kind: 'card' }>;

export interface Cards {
  send(message: CardMessage): Promise<Sent>;
  update(update: CardUpdate): Promise<Sent>;
}

export interface CardParts {
  readonly api: Api;
  readonly robotCode: string;
  readonly people: People;
  readonly templateId: string;
  /** Named at each card: the console's own setting does not count. */
  readonly callback:
    { readonly callbackType: 'STREAM' } | { readonly callbackType: 'HTTP'; readonly callbackRouteKey: string };
  readonly encode: (card: Card) => Record<string, string>;
  readonly outTrackIdOf: (platformKey: string) => string;
}

const Delivered = z.object({
  result: z.object({
    deliverResults: z.array(
      z.object({ success: z.boolean(), carrierId: z.string().nullish(), errorMsg: z.string().nullish() }),
    ),
  }),
});
const Updated = z.object({ success: z.boolean().optional() });

export function makeCards(parts: CardParts): Cards {
  const { api, people, encode, outTrackIdOf } = parts;
  return {
    async send({ to, platformKey, card }) {
      const body = {
        cardTemplateId: parts.templateId,
        outTrackId: outTrackIdOf(platformKey),
        ...parts.callback,
        userIdType: 1,
        ...dataFor(to, encode(card), people),
        ...spaceFor(to, card, parts),
      };
      const call = { host: 'api', path: 'v1.0/card/instances/createAndDeliver', body } as const;
      const outcome = await api.attempt(call, Delivered);
      return 'failure' in outcome ? sentFrom(outcome.failure) : deliveredIn(outcome.answer);
    },
    async update({ to, platformKey, card }) {
      const body = {
        outTrackId: outTrackIdOf(platformKey),
        userIdType: 1,
        ...dataFor(to, encode(card), people),
        // Not the default: that wipes all other variables.
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
      };
      const call = { host: 'api', method: 'PUT', path: 'v1.0/card/instances', body } as const;
      const outcome = await api.attempt(call, Updated);
      if ('failure' in outcome) return sentFrom(outcome.failure);
      if (outcome.answer.success === false)
        return dead('success: false', 'the platform did not take the card’s new look');
      return { result: 'sent', platformId: null, code: null };
    },
  };
}

/** A person's card is theirs alone; a group's is the same for all. Public data may not be empty. */
function dataFor(to: string, params: Record<string, string>, people: People): object {
  if (groupOf(to) !== null) return { cardData: { cardParamMap: params } };
  const { title = '' } = params;
  return { cardData: { cardParamMap: { title } }, privateData: { [people.userid(to)]: { cardParamMap: params } } };
}

function spaceFor(to: string, card: Card, { robotCode, people }: CardParts): object {
  const group = groupOf(to);
  // What lists of chats show.
  const space = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: firstLine(card.title), EN_US: firstLine(card.title) },
  };
  return group === null
    ? {
        openSpaceId: `dtv1.card//IM_ROBOT.${people.userid(to)}`,
        imRobotOpenSpaceModel: space,
        imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
      }
    : {
        openSpaceId: `dtv1.card//IM_GROUP.${group}`,
        imGroupOpenSpaceModel: space,
        imGroupOpenDeliverModel: { robotCode },
      };
}

/** A success as a whole may hold a space in which it failed. */
function deliveredIn({ result }: z.infer<typeof Delivered>): Sent {
  const [delivered] = result.deliverResults;
  const failed = result.deliverResults.find(({ success }) => !success);
  if (failed) return spaceFailed(failed.errorMsg?.slice(0, 200) || 'not delivered');
  // An earlier attempt under this key, in the platform's other manner: success without effect and without results.
  return { result: 'sent', platformId: delivered?.carrierId || null, code: null };
}

/**
 * Words, no codes: those that say "not now" wait, all others mean that this chat is none. The card itself was made, so that
 * its outTrackId brings nothing any more.
 */
function spaceFailed(words: string): Sent {
  const isNow = /busy|limit|too fast|timeout|flow|system|频繁|限流|繁忙/i.test(words);
  const told = { platformCode: 'deliverResults', reason: words, keyTaken: true } as const;
  return isNow ? { result: 'later', ...told, waitMs: 5000 } : { result: 'dead', ...told };
}

export interface LinkParts {
  readonly api: Api;
  readonly robotCode: string;
  readonly people: People;
  readonly openUrl: (url: string) => string;
}

/** Without a template: what it says and where it leads. Never changed; a later state is a later message. */
export function makeLinkCards(parts: LinkParts): Cards {
  return {
    async send({ to, card }) {
      const sent = await sendRobot(parts, to, linkMessage(card, parts.openUrl));
      return sent === 'unreachable' ? outOfReach() : sent;
    },
    update: async () => dead('no template', 'messages can’t be changed: set card_template_id'),
  };
}

function linkMessage(card: Card, openUrl: (url: string) => string): RobotMessage {
  const { title, text, buttons } = actionCard(card, openUrl);
  const [first] = buttons;
  if (!first) return { msgKey: 'sampleMarkdown', msgParam: { title, text } };
  if (buttons.length === 1)
    return { msgKey: 'sampleActionCard', msgParam: { title, text, singleTitle: first.title, singleURL: first.url } };
  const links = buttons.flatMap((one, i) => [
    [`actionTitle${i + 1}`, one.title],
    [`actionURL${i + 1}`, one.url],
  ]);
  return {
    msgKey: `sampleActionCard${buttons.length}`,
    msgParam: { title, text, ...(Object.fromEntries(links) as Record<string, string>) },
  };
}
