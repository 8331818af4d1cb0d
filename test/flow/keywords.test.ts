/** From words in a chat to a form. */
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import { matchTemplate, understand } from '../../src/flow/keywords.ts';
import type { Template } from '../../src/flow/template.ts';
import { shipped } from '../support/template.ts';

const compiled = (name: string): Template => checkTemplate(shipped(name)).template!;
const [repair, seal] = [compiled('it-repair'), compiled('seal')];

describe('which form', () => {
  const told: [string, string | null, string, boolean][] = [
    ['报修 打印机卡纸 紧急', 'it-repair', '打印机卡纸 紧急', true],
    ['报修', 'it-repair', '', true],
    ['我要报修，打印机坏了', 'it-repair', '我要 ，打印机坏了', false],
    ['用章 合同一份', 'seal', '合同一份', true],
    ['申请公章', 'seal', '申请公章', false],
    ['公章 租房合同', 'seal', '公章 租房合同', true],
    ['it 网络断了', 'it-repair', '网络断了', true],
    ['with love', null, '', false],
    ['I can’t open it today', null, '', false],
    ['找 IT 看看', 'it-repair', '找 看看', false],
    ['IT-202611-0001', null, '', false],
    ['你好', null, '', false],
    // At the start beats inside; longer beats shorter.
    ['盖章 报修单', 'seal', '报修单', true],
  ];
  it.each(told)('%s', (text, key, rest, leads) => {
    const found = matchTemplate(text, [repair, seal]);
    expect([found?.template.key ?? null, found?.rest ?? '', found?.leads ?? false]).toEqual([key, rest, leads]);
  });
});

describe('what is filled in', () => {
  it.each<[string, object]>([
    ['打印机卡纸 紧急', { title: '打印机卡纸', urgency: '紧急' }],
    ['打印机卡纸 非常紧急', { title: '打印机卡纸', urgency: '非常紧急' }],
    ['硬件故障，屏幕不亮，一般', { title: '屏幕不亮', category: '硬件故障', urgency: '一般' }],
    ['其他部门的打印机', { title: '其他部门的打印机' }],
    ['紧急', { urgency: '紧急' }],
    ['', {}],
  ])('%s', (text, values) => expect(understand(repair, text)).toEqual({ values, rest: '' }));

  it('takes the longer of two options', () => {
    const printer = { value: '打印', label: '打印' };
    const form = repair.form.map((field) =>
      field.id === 'category' ? { ...field, options: [printer, { value: 'c', label: '打印 彩色' }] } : field,
    );
    expect(understand({ ...repair, form }, '卡纸 打印 彩色').values).toEqual({ title: '卡纸', category: 'c' });
  });

  it('keeps what does not fit in the title', () => {
    const long = '打'.repeat(70);
    expect(understand(repair, long)).toEqual({ values: { title: '打'.repeat(60) }, rest: long });
  });
});
