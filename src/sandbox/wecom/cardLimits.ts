/**
 * Template cards of an app message: which parts each type has, which it needs, and every limit.
 * Source: reference/wecom.md, 5.1 to 5.10 and wecom/card-limits.json. Errors that the documents do not name are marked (assumed).
 */
import { choice, flag, list, object, range, text, type ObjectRule, type Rule } from './cardRules.ts';

export const CARD_TYPES = [
  'text_notice',
  'news_notice',
  'button_interaction',
  'vote_interaction',
  'multiple_interaction',
] as const;
export type CardType = (typeof CARD_TYPES)[number];

/** Types that one can act on, so that they always have a response code and a task_id. */
export const INTERACTIVE: readonly CardType[] = ['button_interaction', 'vote_interaction', 'multiple_interaction'];

const KEY = 1024; // bytes
const URL = text({ bytes: 2048, code: 42028, pattern: /^[a-z][a-z0-9+.-]*:\/\/\S+$/i });
const link = { url: URL, appid: text({ code: 42030 }), pagepath: text() };
const LINKS = { 1: ['url', 42028], 2: ['appid', 42030] } as const;

const option = (chars: number, more: Record<string, Rule> = {}) =>
  object({
    id: text({ bytes: 128, code: 42040, required: true }),
    text: text({ chars, code: 42041, required: true }),
    ...more,
  });
const options = (max: number, entry: ObjectRule) =>
  list(entry, 1, max, 42037, { required: true, unique: { field: 'id', code: 42040 } });
const questionKey = text({ bytes: KEY, code: 42043, required: true });
const dropdown = object({
  question_key: questionKey,
  title: text(),
  selected_id: text(),
  disable: flag,
  option_list: options(10, option(16)),
});

const source = object({ icon_url: text(), desc: text({ chars: 20 }), desc_color: choice([0, 1, 2, 3]) });
const action_menu = object(
  {
    desc: text(),
    action_list: list(
      object({
        text: text({ code: 42051, required: true }),
        key: text({ bytes: KEY, code: 42051, required: true }),
      }),
      1,
      3,
      42051, // (assumed) for the size
      { required: true, unique: { field: 'key', code: 42051 } },
    ),
  },
  { code: 42051 },
);
const task_id = text({ bytes: 128, code: 42014, pattern: /^[0-9A-Za-z_\-@]+$/ });
const main_title = object({ title: text({ chars: 36, code: 42033 }), desc: text({ chars: 44 }) });
const quote_area = object(
  { type: choice([0, 1, 2]), ...link, title: text(), quote_text: text() },
  { byType: LINKS, typeDefault: 0 },
);
const emphasis_content = object({ title: text({ chars: 14 }), desc: text({ chars: 22 }) });
const sub_title_text = text({ chars: 160 });
const horizontal_content_list = list(
  object(
    {
      keyname: text({ chars: 5, code: 42027, required: true }),
      value: text({ chars: 30 }),
      type: choice([0, 1, 2, 3]),
      url: URL,
      media_id: text({ code: 42029 }),
      userid: text({ code: 42050 }),
    },
    { byType: { 1: ['url', 42028], 2: ['media_id', 42029], 3: ['userid', 42050] }, typeDefault: 0 },
  ),
  0,
  6,
  42035,
);
const jump_list = list(
  object(
    { type: choice([0, 1, 2]), title: text({ chars: 18, code: 42033, required: true }), ...link },
    { byType: LINKS, typeDefault: 0 },
  ),
  0,
  3,
  42042,
);
const card_action = (types: readonly number[]) =>
  object({ type: choice(types, { code: 42045, required: true }), ...link }, { code: 42045, byType: LINKS });
const card_image = object(
  { url: text({ code: 42044, required: true }), aspect_ratio: range(1.3, 2.25, 42044) },
  { code: 42044 },
);
const image_text_area = object(
  { type: choice([0, 1, 2]), ...link, title: text(), desc: text(), image_url: text({ code: 42028, required: true }) }, // (assumed)
  { byType: LINKS, typeDefault: 0 },
);
const vertical_content_list = list(
  object({ title: text({ chars: 38, code: 42033, required: true }), desc: text({ chars: 160 }) }),
  0,
  4,
  42036,
);
const button_list = list(
  object(
    {
      type: choice([0, 1]),
      text: text({ chars: 10, code: 42038, required: true }),
      style: choice([1, 2, 3, 4]),
      key: text({ bytes: KEY, code: 42039 }),
      url: URL,
    },
    { byType: { 0: ['key', 42039], 1: ['url', 42028] }, typeDefault: 0 },
  ),
  1,
  6,
  42039, // (assumed) for the size
  { unique: { field: 'key', code: 42018 } },
);
const checkbox = object({
  question_key: questionKey,
  mode: choice([0, 1]),
  disable: flag,
  option_list: options(20, option(17, { is_checked: flag })),
});
const select_list = list(dropdown, 1, 3, 42047, { unique: { field: 'question_key', code: 42043 } });
const submit_button = object({
  text: text({ chars: 10, code: 42049 }),
  key: text({ bytes: KEY, code: 42046, required: true }),
});

const common = { card_type: text(), source, task_id, main_title };
const notice = { action_menu, quote_area, horizontal_content_list, jump_list, card_action: card_action([1, 2]) };
// Only in an update: the grey words in the place of the buttons.
const replace_text = text();

export const CARD_FIELDS: Readonly<Record<CardType, ObjectRule>> = {
  text_notice: object({ ...common, ...notice, emphasis_content, sub_title_text }),
  news_notice: object({ ...common, ...notice, card_image, image_text_area, vertical_content_list }),
  button_interaction: object({
    ...common,
    action_menu,
    quote_area,
    sub_title_text,
    horizontal_content_list,
    card_action: card_action([0, 1, 2]),
    button_selection: dropdown,
    button_list,
    replace_text,
  }),
  vote_interaction: object({ ...common, checkbox, submit_button, replace_text }),
  multiple_interaction: object({ ...common, select_list, submit_button, replace_text }),
};

/** What a type needs: one of these paths, else the error. Checked in this order, before the fields themselves. */
export const REQUIRED: Readonly<Record<CardType, readonly (readonly [paths: readonly string[], code: number])[]>> = {
  text_notice: [
    [['main_title.title', 'sub_title_text'], 42033],
    [['card_action'], 42045],
  ],
  news_notice: [
    [['main_title.title'], 42033],
    [['card_image', 'image_text_area'], 42044],
    [['card_action'], 42045],
  ],
  button_interaction: [
    [['main_title.title'], 42033],
    [['task_id'], 42014],
    [['button_list'], 42039], // (assumed)
  ],
  vote_interaction: [
    [['task_id'], 42014],
    [['checkbox'], 42037], // (assumed)
    [['submit_button'], 42046],
  ],
  multiple_interaction: [
    [['task_id'], 42014],
    [['select_list'], 42047],
    [['submit_button'], 42046],
  ],
};
