/** Templates that ask more of a card than it has room for: what is lost is said, with what happens instead. */
import { describe, expect, it } from '@jest/globals';
import { CARD_LIMITS } from '../../../src/card/cardLimits.ts';
import { taskCard } from '../../../src/card/taskCard.ts';
import { checkTemplate } from '../../../src/flow/check.ts';
import type { CardLimits } from '../../../src/flow/cardLimits.ts';
import { possibleActs } from '../../../src/flow/query.ts';
import { type Fault, field, judge, more, node } from '../../support/fault.ts';
import { aDirectory, filed, id, nameById, NOW, then } from '../../support/flow.ts';
import { aTemplate, FORM_LINES, shipped } from '../../support/template.ts';

/** A platform whose cards ask for all that the sample needs. */
const ASKS = ['text', 'longtext', 'number', 'choice', 'date', 'datetime', 'person'];
const limits: CardLimits = {
  platform: { zh: '样机', en: 'Sample' },
  asks: ASKS,
  ...{ options: 4, optionText: 6, facts: 7, factLabel: 5, source: 8, subtitle: 30 },
  movedOff: () => [],
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

/** Of a step, on line 11; the sample's own would have the same. */
const step = (...lines: string[]) =>
  aTemplate({ flow: ['  - id: work', ...lines.map((line) => `    ${line}`)].join('\n') });
const GROUP = ['handle: 办理', 'assignee: { role: 财务 }'];
const FILLED = 'form: [ { id: note, type: text, label: 备注 } ]';
const BUTTONS: Fault[] = [
  ['work of a group with a form', step(...GROUP, FILLED), 'card_more_buttons', '14:5'],
  ['with a field to fill in', step(...GROUP, 'fields: { total: editable }'), 'card_more_buttons', '14:5'],
  [
    'of two people',
    step('handle: 办理', 'assignee: { users: [a, b] }', FILLED, 'acts: { transfer: anyone }'),
    'card_more_buttons',
    '14:5',
  ],
];
const [{ movedOff } = limits] = CARD_LIMITS;
const room: CardLimits = { ...limits, movedOff };

judge({ buttons: BUTTONS }, { cards: [room, room] });

const ROOM: readonly (readonly [what: string, text: string])[] = [
  ['nothing to fill in', step(...GROUP)],
  ['work of each', step(...GROUP, FILLED, 'strategy: all')],
  ['one person', step('handle: 办理', 'assignee: { user: a }', FILLED)],
  ['no transfer', step(...GROUP, FILLED, 'acts: { transfer: never }')],
  ['room in the menu', step(...GROUP, FILLED, 'acts: { add_sign: never }')],
  ['a decision', step('approve: 审批', 'approver: { role: 财务 }', 'mode: any', FILLED)],
];

describe('a card has room for every button, or has not, as is said', () => {
  const company = aDirectory({ roles: { 财务: ['ann', 'bo'] } });
  /** Whether each button of the real card, taken by one of the group, stands on it. */
  function isThere(text: string, word: string): boolean {
    const { template } = checkTemplate(text.replace('[a, b]', '[ann, bo]').replace('user: a ', 'user: ann '));
    if (!template) throw new Error(text);
    let story = filed(template, { directory: company, values: { title: 't', kind: '甲' } });
    const [task] = story.ticket.tasks;
    if (task?.kind === 'handle') story = then(story, 'ann', { type: task.assigneeId === null ? 'claim' : 'accept' });
    const by = task?.assigneeId ?? id('ann');
    const view = {
      ...{ names: nameById, url: (path: string) => path, offsetMinutes: 480, now: NOW, receiverId: by },
      ...{ template, ticket: story.ticket, acts: possibleActs(template, story.ticket, by, company, NOW) },
    };
    const { buttons, menu } = taskCard(view, task?.n ?? -1, 'zh-CN');
    return [...buttons, ...menu].some((one) => one.text === word);
  }

  it.each(BUTTONS)('%s: it has not', (_, text) => expect(isThere(text, '放回')).toBe(false));

  it.each(ROOM)('%s: it has', (what, text) => {
    expect(checkTemplate(text, null, 0, { cards: [room] }).findings).toEqual([]);
    const words = {
      'a decision': '转交',
      'no transfer': '放回',
      'room in the menu': '放回',
      'nothing to fill in': '放回',
    };
    expect(isThere(text, (words as Record<string, string>)[what] ?? '转交')).toBe(true);
  });

  it('says which, and where it is found instead', () => {
    const { findings } = checkTemplate(BUTTONS[0]?.[1] ?? '', null, 0, { cards: [room] });
    expect(findings.map(({ severity, zh, en }) => [severity, zh, en])).toEqual([
      [
        'info',
        '「办理」的卡片放不下所有按钮：「放回」在「更多」打开的页面上，也可以直接在聊天里说',
        'The card of “办理” has no room for every button: “Give back” stands behind More, on the ticket’s page, and can be said in the chat',
      ],
    ]);
  });
});

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
