import { describe, expect, it } from '@jest/globals';
import { ACT_PAGE_WORDS } from '../../../src/web/m/act/words.ts';
import { FORM_WORDS } from '../../../src/web/m/field/words.ts';
import { sizeText } from '../../../src/web/m/sizeText.ts';
import { ruleText } from '../../../src/web/m/ticket/ruleText.ts';
import { shortTime } from '../../../src/web/m/when.ts';
import { WORDS } from '../../../src/web/m/words.ts';

describe('Why somebody was asked', () => {
  it.each([
    ['role: 硬件工程师', '硬件工程师', '硬件工程师'],
    ['role: 财务, in: 华东', '财务', '财务'],
    ['requester', '', ''],
    ['handler_of: repair', '原处理人', 'who handled it before'],
    ['manager: requester, level: 1', '直属上级', 'manager'],
    ['manager: requester, level: 2', '第 2 级上级', 'manager, level 2'],
    ['role: 法务 + role: 印章管理员', '法务、印章管理员', '法务, 印章管理员'],
    ['role: 网络工程师; if_empty: role: IT主管', '网络工程师、IT主管', '网络工程师, IT主管'],
    [
      'role: 网络工程师; admin',
      '网络工程师、没有找到人，由流程管理员处理',
      '网络工程师, nobody was found: the flow admin',
    ],
  ])('%s', (rule, zh, en) => {
    expect(ruleText(rule, 'zh-CN')).toBe(zh);
    expect(ruleText(rule, 'en')).toBe(en);
  });
});

describe('A moment', () => {
  const now = Date.UTC(2026, 10, 22, 15, 0);
  it.each([
    [Date.UTC(2026, 10, 22, 14, 5), '22:05'],
    [Date.UTC(2026, 10, 22, 16, 5), '11-23 00:05'],
    [Date.UTC(2025, 0, 2, 3, 4), '2025-01-02 11:04'],
  ])('%d reads %s in China', (at, text) => expect(shortTime(at, now, 480)).toBe(text));
});

describe('A size', () => {
  it.each([
    [null, ''],
    [5, '5 B'],
    [2048, '2 KB'],
    [2.1 * 1024 * 1024, '2.1 MB'],
  ])('%p reads %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});

describe('Every text', () => {
  it('asks for the same values in both languages', () => {
    const gaps = (text: string) => [...text.matchAll(/\{\d\}/g)].map(String).sort().join();
    for (const [key, { zh, en }] of Object.entries({ ...WORDS, ...FORM_WORDS, ...ACT_PAGE_WORDS })) {
      expect([key, gaps(en)]).toEqual([key, gaps(zh)]);
    }
  });
});
