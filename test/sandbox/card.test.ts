import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { checkCard, type CardContext } from '../../src/sandbox/wecom/cardCheck.ts';
import { WecomError } from '../../src/sandbox/wecom/errors.ts';
import { aCard, type Json } from './support.ts';

const context: CardContext = {
  strictText: false,
  strictFields: false,
  isUsableMedia: (id) => id === 'MEDIA_ID',
  isPerson: (id) => id === 'zhangsan',
  isFreeTask: (id) => id !== 'used',
};
const codeOf = (card: unknown, change: Partial<CardContext> = {}) => {
  try {
    checkCard(card, { ...context, ...change });
    return 0;
  } catch (error) {
    if (error instanceof WecomError) return error.code;
    throw error;
  }
};

const examples = JSON.parse(readFileSync(new URL('../reference/wecom/cards.json', import.meta.url), 'utf8')) as {
  app_message_send: Record<string, { template_card: Json }>;
};
const example = (type: string) => structuredClone(examples.app_message_send[type]?.template_card) as Json;
const options = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `o${index}`, text: 'x' }));
const buttons = (count: number) => Array.from({ length: count }, (_, index) => ({ key: `k${index}`, text: 'x' }));
const rows = (count: number) => Array.from({ length: count }, () => ({ keyname: 'k', value: 'v' }));
const text = (change: Json) => ({ ...example('text_notice'), ...change });
const news = (change: Json) => ({ ...example('news_notice'), ...change });
const button = (change: Json) => aCard('b1', change);
const vote = (change: Json) => ({ ...example('vote_interaction'), ...change });
const multiple = (change: Json) => ({ ...example('multiple_interaction'), ...change });
const select = (change: Json) => ({ question_key: 'q', option_list: options(2), ...change });
const menu = (...keys: string[]) => ({ desc: 'd', action_list: keys.map((key) => ({ text: 't', key })) });

describe("the reference's examples", () => {
  it.each(Object.keys(examples.app_message_send))('%s is taken, also strictly', (type) =>
    expect(codeOf(example(type), { strictText: true, strictFields: true })).toBe(0),
  );
});

describe('a card is refused', () => {
  it.each<[card: unknown, code: number, because: string]>([
    [undefined, 42031, 'there is none'],
    [{ card_type: 'fancy' }, 42031, 'unknown type'],
    [text({ main_title: undefined, sub_title_text: undefined }), 42033, 'neither title nor sub title'],
    [text({ main_title: undefined }), 0, 'a sub title is enough'],
    [text({ card_action: undefined }), 42045, 'notice without card_action'],
    [text({ card_action: { type: 0 } }), 42045, 'type 0 on a notice'],
    [text({ card_action: { type: 1 } }), 42028, 'card_action without url'],
    [text({ card_action: { type: 2 } }), 42030, 'card_action without appid'],
    [text({ task_id: undefined }), 42014, 'menu without task_id'],
    [text({ action_menu: menu('a', 'b', 'c', 'd') }), 42051, 'four menu entries'],
    [text({ action_menu: menu('a', 'a') }), 42051, 'menu keys clash'],
    [text({ horizontal_content_list: rows(7) }), 42035, 'seven rows'],
    [text({ horizontal_content_list: [{ value: 'v' }] }), 42027, 'row without keyname'],
    [text({ horizontal_content_list: [{ keyname: 'k', type: 1 }] }), 42028, 'link row without url'],
    [text({ horizontal_content_list: [{ keyname: 'k', type: 2 }] }), 42029, 'file row without media_id'],
    [text({ horizontal_content_list: [{ keyname: 'k', type: 2, media_id: 'gone' }] }), 42029, 'file row, file gone'],
    [text({ horizontal_content_list: [{ keyname: 'k', type: 3 }] }), 42050, 'person row without userid'],
    [text({ horizontal_content_list: [{ keyname: 'k', type: 3, userid: 'ghost' }] }), 42050, 'person row, nobody'],
    [text({ jump_list: Array(4).fill({ title: 't' }) }), 42042, 'four jumps'],
    [text({ jump_list: [{ type: 1, title: 't' }] }), 42028, 'jump without url'],
    [text({ jump_list: [{ type: 2, title: 't' }] }), 42030, 'jump without appid'],
    [text({ jump_list: [{ type: 0 }] }), 42033, 'jump without title'],
    [news({ card_image: undefined, image_text_area: undefined }), 42044, 'news without a picture'],
    [news({ card_image: { aspect_ratio: 2 } }), 42044, 'picture without url'],
    [news({ card_image: { url: 'https://a.cn/b.png', aspect_ratio: 3 } }), 42044, 'picture too wide'],
    [news({ vertical_content_list: Array(5).fill({ title: 't' }) }), 42036, 'five lines'],
    [news({ vertical_content_list: [{ desc: 'd' }] }), 42033, 'line without title'],
    [button({ main_title: {} }), 42033, 'no title'],
    [button({ task_id: undefined }), 42014, 'no task_id'],
    [button({ task_id: 'a'.repeat(129) }), 42014, 'task_id over 128 bytes'],
    [button({ task_id: 'T#1' }), 42014, 'task_id with another character'],
    [button({ task_id: 'used' }), 42014, 'task_id used before'],
    [button({ button_list: [] }), 42039, 'no button'],
    [button({ button_list: buttons(7) }), 42039, 'seven buttons'],
    [button({ button_list: [{ key: 'k' }] }), 42038, 'button without text'],
    [button({ button_list: [{ text: 't' }] }), 42039, 'button without key'],
    [button({ button_list: [{ text: 't', key: 'k'.repeat(1025) }] }), 42039, 'key over 1024 bytes'],
    [
      button({
        button_list: [
          { text: 't', key: 'k' },
          { text: 'u', key: 'k' },
        ],
      }),
      42018,
      'keys twice',
    ],
    [button({ button_list: [{ type: 1, text: 't' }] }), 42028, 'link button without url'],
    [button({ button_list: [{ type: 1, text: 't', url: 'a.cn' }] }), 42028, 'url without a scheme'],
    [button({ action_menu: menu('accept') }), 42051, "menu key is a button's"],
    [button({ button_selection: select({ option_list: options(11) }) }), 42037, 'eleven options'],
    [button({ button_selection: select({ option_list: [] }) }), 42037, 'no option'],
    [button({ button_selection: select({ question_key: undefined }) }), 42043, 'no question_key'],
    [button({ button_selection: select({ option_list: [{ text: 't' }] }) }), 42040, 'option without id'],
    [
      button({ button_selection: select({ option_list: [{ id: 'i'.repeat(129), text: 't' }] }) }),
      42040,
      'id over 128 bytes',
    ],
    [button({ button_selection: select({ option_list: [{ id: 'i' }] }) }), 42041, 'option without text'],
    [vote({ checkbox: { question_key: 'q', option_list: options(21) } }), 42037, 'twenty-one ticks'],
    [vote({ checkbox: { question_key: 'q', option_list: options(20) } }), 0, 'twenty are fine'],
    [vote({ task_id: undefined }), 42014, 'vote without task_id'],
    [vote({ submit_button: { text: 't' } }), 42046, 'submit without key'],
    [vote({ submit_button: undefined }), 42046, 'no submit'],
    [vote({ submit_button: { text: 5, key: 'k' } }), 42049, 'submit text is a number'],
    [multiple({ select_list: [] }), 42047, 'no dropdown'],
    [
      multiple({ select_list: ['a', 'b', 'c', 'd'].map((key) => select({ question_key: key })) }),
      42047,
      'four dropdowns',
    ],
    [multiple({ select_list: [select({}), select({})] }), 42043, 'question_key twice'],
  ])('%#: %j → %i', (card, code, because) => expect([codeOf(card), because]).toEqual([code, because]));
});

describe('a text over the suggested length', () => {
  const long = button({ main_title: { title: '工'.repeat(37) } });
  it('is noted', () => expect(checkCard(long, context).truncated).toEqual(['main_title.title']));
  it('is refused in strict mode', () => expect(codeOf(long, { strictText: true })).toBe(42033));
});

it('names an unknown field in strict mode, and ignores it otherwise', () => {
  const card = button({ input_list: [{ key: 'reason' }] });
  expect(codeOf(card)).toBe(0);
  expect(() => checkCard(card, { ...context, strictFields: true })).toThrow('unknown field input_list');
});
