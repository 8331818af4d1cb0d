import { describe, expect, it } from '@jest/globals';
import { refusalText, refusalTitle } from '../../src/card/refusalText.ts';
import { REFUSAL_CODES, refuse, type Refusal } from '../../src/lib/refusal.ts';

const zh = (refusal: Refusal): string => refusalText(refusal, 'zh-CN');
const en = (refusal: Refusal): string => refusalText(refusal, 'en');
const HAN = /\p{Script=Han}/u;

/** Every fact that some room gives. */
const facts = {
  by: '李四', result: 'agree', number: 'IT-202611-0042', status: 'closed', act: 'accept', template: 'IT 报修', person: '王五',
  field: 'colour', limit: '1 MiB', count: 20, per: 'day', to: '工程师处理', seconds: 30, what: 'x', task: 3, node: 'repair',
}; // prettier-ignore

describe('a refusal', () => {
  it.each(REFUSAL_CODES)('"%s" is told in both languages, with and without its facts', (code) => {
    for (const refusal of [refuse(code), refuse(code, facts), refuse(code, { by: '', person: '', act: 'nonsense' })]) {
      expect(zh(refusal)).toMatch(HAN);
      expect(zh(refusal)).toMatch(/。$/);
      expect(en(refusal)).toMatch(/\.$/);
      for (const text of [zh(refusal), en(refusal), refusalTitle(refusal, 'zh-CN'), refusalTitle(refusal, 'en')])
        expect(text).not.toMatch(/undefined|null|\[object|\{|\}|「」|“”| {2}/);
    }
    expect(en(refuse(code))).not.toMatch(HAN);
    expect(refusalTitle(refuse(code), 'en')).not.toBe(refusalTitle(refuse(code), 'zh-CN'));
  });

  it('has a text of its own for each code', () => {
    for (const say of [zh, en]) {
      const texts = REFUSAL_CODES.map((code) => say(refuse(code)));
      expect(new Set(texts).size).toBe(REFUSAL_CODES.length);
    }
  });

  const told: { refusal: Refusal; zh: string; en: string }[] = [
    {
      refusal: refuse('task_over', { by: '李四', result: 'agree' }),
      zh: '李四已经同意，无需再操作。',
      en: '李四 already agreed. Nothing is left to do.',
    },
    {
      refusal: refuse('task_over', { by: '李四', result: 'cancelled' }),
      zh: '李四已经取消这条待办，无需再操作。',
      en: '李四 already cancelled this task. Nothing is left to do.',
    },
    {
      refusal: refuse('task_over', { by: '李四', result: 'forced' }),
      zh: '李四已经强制关闭工单，无需再操作。',
      en: '李四 already closed the ticket. Nothing is left to do.',
    },
    {
      refusal: refuse('not_allowed', { act: 'withdraw' }),
      zh: '只有提报人可以撤回。需要的话，请与对方联系。',
      en: 'Only the requester may withdraw. Ask them if it is needed.',
    },
    {
      refusal: refuse('not_allowed', { act: 'transfer', why: 'step' }),
      zh: '这个流程在这一步不能转交。可以补充说明，或请流程管理员处理。',
      en: 'At this step the flow lets nobody transfer. Add a comment, or ask the flow admin.',
    },
    {
      refusal: refuse('comment_required', { act: 'refuse', kind: 'confirm' }),
      zh: '请填写「哪里还没解决」，然后再操作一次。',
      en: 'Fill in “What is not solved”, and try again.',
    },
    {
      refusal: refuse('already_claimed', { by: '李四' }),
      zh: '李四已经先受理了，无需再操作。',
      en: '李四 accepted it first. Nothing is left to do.',
    },
    {
      refusal: refuse('ticket_closed', { number: 'IT-1', status: 'withdrawn' }),
      zh: '工单 IT-1 已撤回，不能再操作。还有问题的话，请重新提交一张。',
      en: 'Ticket IT-1 is withdrawn: nothing more can be done with it. File a new one if you still need help.',
    },
    {
      refusal: refuse('filing_limit', { count: 20, per: 'day', template: 'IT 报修' }),
      zh: '您今天提交的「IT 报修」已到上限（20 张）。可以在已有工单里补充说明，或稍后再提交。',
      en: 'You have reached the limit of 20 for “IT 报修” today. Add to a ticket that is there, or file later.',
    },
    {
      refusal: refuse('not_now', { act: 'complete' }),
      zh: '现在还不能完成。请看最新的卡片，按上面的按钮操作。',
      en: 'You can’t complete at this point. Look at the latest card and use its buttons.',
    },
    {
      refusal: refuse('not_allowed', { act: 'file' }),
      zh: '您没有权限提交这类工单。需要的话，请联系管理员开通。',
      en: 'You may not file this kind of ticket. Ask an admin if you need to.',
    },
  ];
  it.each(told)('says $zh', ({ refusal, zh: chinese, en: english }) => {
    expect(zh(refusal)).toBe(chinese);
    expect(en(refusal)).toBe(english);
  });

  it('names the fields that are wrong', () => {
    const field = (label: string) => ({ field: label, label, zh: `请填写「${label}」`, en: `Fill in “${label}”` });
    expect(zh(refuse('bad_input', {}, [field('处理方案')]))).toBe('请填写「处理方案」。');
    expect(zh(refuse('bad_input', {}, [field('处理方案'), field('工作耗时')]))).toBe(
      '还有几处需要补充或修改：\n· 请填写「处理方案」\n· 请填写「工作耗时」',
    );
    expect(en(refuse('bad_input', {}, [field('a'), field('b')]))).toBe(
      'A few things are missing or to be corrected:\n· Fill in “a”\n· Fill in “b”',
    );
  });

  it('does not read what only every object has', () => {
    expect(zh(refuse('task_over', { by: '李四', result: 'constructor' }))).toContain('处理过这条待办');
    expect(zh(refuse('filing_limit', { count: 1, per: 'toString' }))).toContain('您这段时间提交的工单已到上限（1 张）');
  });
});
