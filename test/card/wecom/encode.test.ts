import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Card, CardButton, CardInput } from '../../../src/card/card.ts';
import { encodeWecom } from '../../../src/card/wecom/encode.ts';
import { LIMITS, TASK_ID } from '../../../src/card/wecom/limits.ts';
import { UNPICKED } from '../../../src/form/picked.ts';
import { type CardContext, checkCard } from '../../../src/sandbox/wecom/cardCheck.ts';

const openUrl = (url: string): string => `https://desk.example.com/auth/hq/start?to=${encodeURIComponent(url)}`;
const encode = (card: Card) => encodeWecom(card, { taskId: 'c7-1', openUrl });

const plain: Card = {
  kind: 'draft',
  source: 'IT 报修',
  title: '打印机卡纸',
  subtitle: 'IT-202611-0042 · 工程师处理',
  emphasis: '待受理',
  body: '三楼东侧打印机卡纸，无法打印。',
  facts: [{ label: '紧急程度', value: '紧急' }],
  quote: null,
  inputs: [],
  buttons: [],
  menu: [],
  url: '/m/t/42',
  over: null,
  notice: null,
};
const accept: CardButton = { text: '受理', tone: 'primary', does: { key: 't.accept.42.1.1' } };
const fill: CardButton = { text: '填写', tone: 'secondary', does: { url: '/m/t/42' } };
const cancel: CardButton = { text: '取消', tone: 'plain', does: { key: 'd.cancel.3' } };
const choice = (key: string, rest: Partial<CardInput> = {}): CardInput => ({
  key,
  label: key,
  kind: 'choice',
  required: true,
  options: ['一般', '紧急', '非常紧急'].map((text) => ({ id: text, text })),
  value: ['紧急'],
  placeholder: '请选择',
  ...rest,
});

describe('a card for WeCom', () => {
  it('is a notice when there is nothing to press, with its menu', () => {
    const { card, dropped } = encode({ ...plain, menu: [{ text: '撤回', key: 'k.withdraw.42.1' }] });
    expect(card).toEqual({
      card_type: 'text_notice',
      task_id: 'c7-1',
      source: { desc: 'IT 报修', desc_color: 0 },
      main_title: { title: '打印机卡纸', desc: 'IT-202611-0042 · 工程师处理' },
      emphasis_content: { title: '待受理' },
      action_menu: { desc: '…', action_list: [{ text: '撤回', key: 'k.withdraw.42.1' }] },
      sub_title_text: '三楼东侧打印机卡纸，无法打印。',
      horizontal_content_list: [{ keyname: '紧急程度', value: '紧急' }],
      card_action: { type: 1, url: openUrl('/m/t/42') },
    });
    expect(dropped).toEqual([]);
  });

  it('has buttons of both sorts, in their tones', () => {
    const { card } = encode({ ...plain, buttons: [accept, fill, { ...cancel, tone: 'danger' }] });
    expect(card.card_type).toBe('button_interaction');
    expect(card.main_title.desc).toBe('待受理 · IT-202611-0042 · 工程师处理');
    expect(card.button_list).toEqual([
      { type: 0, text: '受理', style: 1, key: 't.accept.42.1.1' },
      { type: 1, text: '填写', style: 2, url: openUrl('/m/t/42') },
      { type: 0, text: '取消', style: 4, key: 'd.cancel.3' },
    ]);
  });

  it('asks one question beside its buttons', () => {
    const { card, dropped } = encode({ ...plain, inputs: [choice('urgency')], buttons: [accept, cancel] });
    expect(card).toMatchObject({
      card_type: 'button_interaction',
      button_selection: { question_key: 'urgency', title: 'urgency', selected_id: '紧急' },
      button_list: [{ text: '受理' }, { text: '取消' }],
    });
    expect(dropped).toEqual([]);
  });

  it('asks two or three with one submit button, and says what it has no room for', () => {
    const inputs = ['a', 'b', 'c', 'd'].map((key) => choice(key));
    const { card, dropped } = encode({ ...plain, inputs, buttons: [accept, cancel] });
    expect(card.select_list?.map((select) => select.question_key)).toEqual(['a', 'b', 'c']);
    expect(card.submit_button).toEqual({ text: '受理', key: 't.accept.42.1.1' });
    expect(card.card_type).toBe('multiple_interaction');
    expect(card).not.toHaveProperty('sub_title_text');
    expect(dropped).toEqual([
      'input d: only 3 fit',
      'body: no room beside dropdowns',
      'fact 紧急程度: no room beside dropdowns',
      'button 取消: no room beside dropdowns',
    ]);
  });

  it('never lets the first option be chosen by not choosing', () => {
    const { card } = encode({ ...plain, inputs: [choice('category', { value: [] })], buttons: [accept] });
    expect(card.button_selection).toMatchObject({
      selected_id: UNPICKED,
      option_list: [{ id: UNPICKED, text: '请选择' }, { id: '一般' }, { id: '紧急' }, { id: '非常紧急' }],
    });
  });

  const many = (count: number, value: string[]) =>
    choice('many', { options: Array.from({ length: count }, (_, i) => ({ id: `o${i}`, text: `选项${i}` })), value });
  const unasked: { input: CardInput; dropped: string; because: string }[] = [
    { input: many(11, ['o1']), dropped: 'input many: needs 1 to 10 options', because: 'there are too many' },
    { input: many(10, []), dropped: 'input many: needs 1 to 9 options', because: '"please choose" takes a place' },
    { input: many(0, []), dropped: 'input many: needs 1 to 9 options', because: 'there are none' },
    { input: choice('a', { kind: 'text' }), dropped: "input a: a card can't ask for text", because: 'it is a text' },
    {
      input: choice('a', { options: [1, 2].map((i) => ({ id: `${i}`, text: `${'很长的选项'.repeat(4)}${i}` })) }),
      dropped: 'input a: its options look alike once they are cut',
      because: 'nobody could tell the options apart',
    },
    {
      input: choice('a', { options: [{ id: '长'.repeat(43), text: '长' }] }),
      dropped: 'input a: an option has no usable id',
      because: 'an id is longer than 128 bytes',
    },
  ];
  it.each(unasked)('leaves a question to the chat when $because', ({ input, dropped }) => {
    const encoded = encode({ ...plain, inputs: [input], buttons: [accept] });
    expect(encoded.dropped).toEqual([dropped]);
    expect(encoded.card).not.toHaveProperty('button_selection');
  });

  it('asks ten when one of them is set', () => {
    expect(encode({ ...plain, inputs: [many(10, ['o3'])], buttons: [accept] }).dropped).toEqual([]);
  });

  it('turns grey when it is over, and still leads to the ticket', () => {
    const { card } = encode({ ...plain, over: '已由李四处理', buttons: [{ ...fill, text: '查看' }] });
    expect(card).toMatchObject({
      card_type: 'button_interaction',
      main_title: { title: '打印机卡纸', desc: '已由李四处理 · IT-202611-0042 · 工程师处理' },
      button_list: [{ type: 1, text: '查看', url: openUrl('/m/t/42') }],
      replace_text: '已由李四处理',
    });
  });

  it('stays a notice when a ticket is over: there is no button to turn grey', () => {
    const { card } = encode({ ...plain, kind: 'ticket', emphasis: '已关闭', over: '已关闭' });
    expect(card).toMatchObject({ card_type: 'text_notice', emphasis_content: { title: '已关闭' } });
    expect(card).not.toHaveProperty('replace_text');
  });

  it('cuts what is too long, between characters, and says so', () => {
    const { card, dropped } = encode({
      ...plain,
      title: '𠮷'.repeat(40),
      facts: [{ label: '问题详细描述', value: '是', account: 'lisi' }],
    });
    expect(card.main_title.title).toBe(`${'𠮷'.repeat(35)}…`);
    expect(card.horizontal_content_list).toEqual([{ keyname: '问题详细…', value: '是', type: 3, userid: 'lisi' }]);
    expect(dropped).toEqual(['title: cut to 36 characters', 'label 问题详细描述: cut to 5 characters']);
  });

  it('refuses a task_id that WeCom would refuse', () => {
    for (const taskId of ['', 'a b', '工单', 'x'.repeat(129)])
      expect(() => encodeWecom(plain, { taskId, openUrl })).toThrow('Not a task_id');
  });
});

/** What is read of `card-limits.json`. */
interface Reference {
  app: Record<string, Record<string, unknown>>;
}

describe('the limits', () => {
  const { app } = JSON.parse(readFileSync('test/reference/wecom/card-limits.json', 'utf8')) as Reference;
  it('are those of the reference', () => {
    const given = (part: string, name: string): unknown => {
      const limit = app[part]?.[name];
      return Array.isArray(limit) ? limit[1] : limit;
    };
    expect(LIMITS).toEqual({
      sourceDesc: given('source', 'desc_chars'),
      mainTitle: given('main_title', 'title_chars'),
      mainDesc: given('main_title', 'desc_chars'),
      emphasisTitle: given('emphasis_content', 'title_chars'),
      subTitle: given('sub_title_text', 'chars'),
      facts: given('horizontal_content_list', 'items'),
      factLabel: given('horizontal_content_list', 'keyname_chars'),
      factValue: given('horizontal_content_list', 'value_chars'),
      menuItems: given('action_menu', 'action_list_items'),
      buttons: given('button_list', 'items'),
      buttonText: given('button_list', 'text_chars'),
      selects: given('select_list', 'items'),
      options: given('select_list', 'option_items'),
      optionText: given('select_list', 'option_text_chars'),
      optionIdBytes: given('select_list', 'option_id_bytes'),
      keyBytes: given('button_list', 'key_bytes'),
    });
    expect(TASK_ID.source).toContain(`{1,${String(given('task_id', 'bytes'))}}`);
  });
});

// Texts and keys of every length, and often the same ones, since WeCom refuses what is there twice.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.constantFrom('', ' ', '受理', '很长的文字'.repeat(40), '😀'.repeat(50), 'a\nb'),
);
const key = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('', 'k', '键'.repeat(400), UNPICKED));
const option = fc.record({ id: key, text });
const input: fc.Arbitrary<CardInput> = fc.record(
  {
    key,
    label: text,
    kind: fc.constantFrom('choice' as const, 'choice' as const, 'choice' as const, 'choices' as const, 'text' as const),
    required: fc.boolean(),
    options: fc.oneof(
      fc.array(option, { maxLength: 12 }),
      fc.constantFrom([{ id: 'a', text: '一' }], [{ id: 'a', text: '一' }, { id: 'b', text: '二' }]), // prettier-ignore
    ),
    value: fc.array(fc.oneof(key, fc.constant('a')), { maxLength: 2 }),
    placeholder: text,
  },
  { requiredKeys: ['key', 'label', 'kind', 'required', 'options', 'value'] },
);
const anyCard: fc.Arbitrary<Card> = fc.record({
  kind: fc.constantFrom('task' as const, 'ticket' as const, 'draft' as const),
  source: text,
  title: text,
  subtitle: text,
  emphasis: text,
  body: text,
  facts: fc.array(
    fc.record({ label: text, value: text, account: fc.constant('lisi') }, { requiredKeys: ['label', 'value'] }),
    { maxLength: 9 },
  ),
  quote: fc.option(fc.record({ title: text, text })),
  inputs: fc.array(input, { maxLength: 5 }),
  buttons: fc.array(
    fc.record({
      text,
      tone: fc.constantFrom('primary' as const, 'secondary' as const, 'danger' as const, 'plain' as const),
      does: fc.oneof(fc.record({ key }), fc.record({ url: fc.constantFrom('', '/m/t/1') })),
    }),
    { maxLength: 8 },
  ),
  menu: fc.array(fc.record({ text, key }), { maxLength: 5 }),
  url: fc.constantFrom('', '/m/t/1'),
  over: fc.option(text),
  notice: fc.option(text),
});

/** The sandbox's own reading of the reference: it shares no code with the encoder. */
const strictly: CardContext = {
  strictText: true,
  strictFields: true,
  isUsableMedia: () => false,
  isPerson: (userid) => userid === 'lisi',
  isFreeTask: () => true,
};

it('any card becomes one that WeCom takes, suggested lengths included', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyCard, (card) => {
      const encoded = encode(card).card;
      const { replace_text, ...sendable } = encoded;
      if (replace_text !== undefined) expect([...replace_text].length).toBeLessThanOrEqual(20);
      seen.add(checkCard(JSON.parse(JSON.stringify(sendable)), strictly).type);
    }),
    { numRuns: 3000 },
  );
  expect([...seen].sort()).toEqual(['button_interaction', 'multiple_interaction', 'text_notice']);
});

it('what was lost is always said', () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const { card: encoded, dropped } = encode({ ...card, over: null });
      const asked = [encoded.button_selection, ...(encoded.select_list ?? [])].flatMap(
        (one) => one?.question_key ?? [],
      );
      for (const { key } of card.inputs)
        if (!asked.includes(key)) expect(dropped.some((line) => line.startsWith(`input ${key}: `))).toBe(true);
    }),
    { numRuns: 1000 },
  );
});
