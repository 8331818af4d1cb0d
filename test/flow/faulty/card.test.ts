/** Templates that ask more of a card than it has room for: what is lost is said, with what happens instead. */
import { expect, it } from '@jest/globals';
import { CARD_LIMITS } from '../../../src/card/cardLimits.ts';
import { checkTemplate } from '../../../src/flow/check.ts';
import type { CardLimits } from '../../../src/flow/cardLimits.ts';
import { type Fault, field, judge, more, node } from '../../support/fault.ts';
import { aTemplate, FORM_LINES, shipped } from '../../support/template.ts';

/** A platform whose cards ask for all that the sample needs. */
const ASKS = ['text', 'longtext', 'number', 'choice', 'date', 'datetime', 'person'];
const limits: CardLimits = {
  platform: { zh: '样机', en: 'Sample' },
  asks: ASKS,
  ...{ options: 4, optionText: 6, facts: 7, factLabel: 5, source: 8, subtitle: 30 },
};

const CARDS: Fault[] = [
  [
    'a long name of the template',
    aTemplate().replace('name: 样例', 'name: 一个很长很长的名称'),
    'card_text_cut',
    '2:7',
  ],
  ['a long label', field('{ id: a, type: text, label: 一个长标签 A }'), 'card_text_cut', '10:33'],
  ['a long option', field('{ id: a, type: radio, label: A, options: [一, 七个字的选项呢] }'), 'card_text_cut', '10:50'],
  ['a long name of a node', node('- { id: b, confirm: 十二个字的节点名称放不下 }'), 'card_text_cut', '17:23'],
  [
    'many options',
    field('{ id: a, type: select, label: A, options: [一, 二, 三, 四, 五] }'),
    'card_many_options',
    '10:38',
  ],
  [
    'many fields',
    aTemplate({ form: [FORM_LINES, ...['a', 'b'].map((id) => `  - { id: ${id}, type: text, label: A }`)].join('\n') }),
    'card_too_many_fields',
    '3:1',
  ],
  ['what no card asks for', field('{ id: a, type: attachment, label: A }'), 'card_asks_elsewhere', '3:1'],
];

judge({ cards: CARDS }, { cards: [limits] });

it('nothing is said about cards where nobody said what they hold', () =>
  expect(checkTemplate(more('keywords: [a]')).findings).toEqual([]));

it('both platforms: what WeCom cuts, and what the chat asks instead', () => {
  const { findings } = checkTemplate(shipped('it-repair'), null, 0, { cards: CARD_LIMITS });
  const told = findings.filter(({ code }) => code.startsWith('card_'));
  expect(told.map(({ code, severity, line, zh }) => `${code} ${severity} ${line} ${zh}`)).toEqual([
    expect.stringMatching(/^card_asks_elsewhere info 12 企业微信卡片不能填写：工单标题、/),
    expect.stringMatching(/^card_asks_elsewhere info 12 钉钉卡片不能填写：附件/),
    expect.stringMatching(/^card_text_cut warning 35 .*「涉及核心…」/),
  ]);
});
