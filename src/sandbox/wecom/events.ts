/** The decrypted XML of what the platform tells an app. Source: reference/wecom.md, 3 and wecom/events.xml. */
import type { Corp } from './corp.ts';
import { writeXml, type XmlNode } from './xml.ts';

/** What a person answered on a card: question key → option ids. */
export type Selected = Readonly<Record<string, readonly string[]>>;

export interface CardClick {
  readonly userid: string;
  readonly key: string;
  readonly taskId: string;
  readonly cardType: string;
  readonly responseCode: string;
  /** null: the card asks nothing (then the element is missing altogether). */
  readonly selected: Selected | null;
  readonly fromMenu: boolean;
}

export function makeEvents(corp: Corp) {
  const build = (userid: string, type: string, ...rest: XmlNode[]) =>
    writeXml([
      'xml',
      [
        ['ToUserName', corp.account.corpId],
        ['FromUserName', userid],
        ['CreateTime', Math.floor(corp.realNow() / 1000)],
        ['MsgType', type],
        ...rest,
        ['AgentID', corp.account.agentId],
      ],
    ]);
  const msgId = (): XmlNode => ['MsgId', corp.ids.big()];

  return {
    text: (userid: string, content: string) => build(userid, 'text', ['Content', content], msgId()),
    image: (userid: string, picUrl: string, mediaId: string) =>
      build(userid, 'image', ['PicUrl', picUrl], ['MediaId', mediaId], msgId()),
    enterAgent: (userid: string) => build(userid, 'event', ['Event', 'enter_agent'], ['EventKey', '']),
    click: (click: CardClick) =>
      build(
        click.userid,
        'event',
        ['Event', click.fromMenu ? 'template_card_menu_event' : 'template_card_event'],
        ['EventKey', click.key],
        ['TaskId', click.taskId],
        ['CardType', click.cardType],
        ['ResponseCode', click.responseCode],
        ...(click.selected === null ? [] : [selectedItems(click.selected)]),
      ),
  };
}

export type Events = ReturnType<typeof makeEvents>;

const selectedItems = (selected: Selected): XmlNode => [
  'SelectedItems',
  Object.entries(selected).map(([question, options]) => [
    'SelectedItem',
    [
      ['QuestionKey', question],
      ['OptionIds', options.map((id): XmlNode => ['OptionId', id])],
    ],
  ]),
];
