import { describe, expect, it } from '@jest/globals';
import { elapsedText } from '../../src/card/elapsedText.ts';
import { helpText } from '../../src/card/helpText.ts';
import { taskListText, ticketListText } from '../../src/card/listText.ts';
import { noticeText } from '../../src/card/noticeText.ts';
import { tight } from '../../src/card/tight.ts';
import { namesText } from '../../src/card/whereItStands.ts';
import { ACT_WORDS, OUTCOME_WORDS, STATUS_WORDS, TASK_WORDS } from '../../src/card/words.ts';
import type { Notice } from '../../src/flow/command.ts';
import { STATUSES } from '../../src/flow/ticket.ts';

const names = (id: number): string => ['', '张三', '李四', 'Ann Lee'][id] ?? '某人';
const view = { ticket: { number: 'IT-1', title: '打印机卡纸' }, names };
const told = (notice: Notice): string[] => [noticeText(notice, view, 'zh-CN'), noticeText(notice, view, 'en')];

describe('a notice', () => {
  const cases: { notice: Notice; zh: string; en: string }[] = [
    {
      notice: { kind: 'accepted', by: 2 },
      zh: '李四已受理您的工单 IT-1「打印机卡纸」，正在处理。',
      en: '李四 has accepted your ticket IT-1 “打印机卡纸” and is working on it.',
    },
    {
      notice: { kind: 'comment', by: 3, text: '  已联系 供应商  ' },
      zh: 'Ann Lee 在 IT-1「打印机卡纸」里说：\n已联系 供应商',
      en: 'Ann Lee on IT-1 “打印机卡纸”:\n已联系 供应商',
    },
    {
      notice: { kind: 'comment', by: 2, text: '' },
      zh: '李四给 IT-1「打印机卡纸」添加了附件。',
      en: '李四 added files to IT-1 “打印机卡纸”.',
    },
    {
      notice: { kind: 'transferred', by: 1, to: 2, text: '休假' },
      zh: '张三把 IT-1「打印机卡纸」转交给了李四：\n休假',
      en: '张三 transferred IT-1 “打印机卡纸” to 李四:\n休假',
    },
    {
      notice: { kind: 'paused', by: 2, reason: 'waiting_requester', until: null, text: '哪一台？' },
      zh: '李四在 IT-1「打印机卡纸」里问您：\n哪一台？\n请回复「补充 IT-1 您的答复」，或在工单上点「补充说明」，处理人会接着办理。',
      en: '李四 asks you on IT-1 “打印机卡纸”:\n哪一台？\nReply “comment IT-1 your answer”, or choose Comment on the ticket; then the work goes on.',
    },
    { notice: { kind: 'text', text: '李四 今天入职' }, zh: '李四 今天入职', en: '李四 今天入职' },
    {
      notice: { kind: 'call_failed', node: '下单', reason: 'HTTP 404' },
      zh: '请留意 IT-1「打印机卡纸」：「下单」没有成功。对方没有这个地址。请核对流程模板里的 url。也可以跳过这一步。',
      en: 'Please look at IT-1 “打印机卡纸”: “下单” did not work. The receiver has no such address. Check the url in the flow template. You can also skip this step.',
    },
    {
      notice: { kind: 'call_failed', node: '下单', reason: 'take:data.no' },
      zh: '请留意 IT-1「打印机卡纸」：「下单」没有成功。对方的回答里没有 data.no。请按对方的接口说明核对流程模板里的 take，再重试。也可以跳过这一步。',
      en: "Please look at IT-1 “打印机卡纸”: “下单” did not work. The answer lacks data.no. Compare the template's `take` with what the receiver answers, then try again. You can also skip this step.",
    },
    {
      notice: { kind: 'alarm', words: { zh: '没有找到审批人。', en: 'no approver was found.' } },
      zh: '请留意 IT-1「打印机卡纸」：没有找到审批人。',
      en: 'Please look at IT-1 “打印机卡纸”: no approver was found.',
    },
  ];
  it.each(cases)('says $zh', ({ notice, zh, en }) => {
    expect(told(notice)).toEqual([zh, en]);
  });

  it('is cut to what is read in passing', () => {
    expect([...(told({ kind: 'text', text: '长'.repeat(900) })[0] ?? '')]).toHaveLength(500);
  });
});

describe('lists', () => {
  const ticket = (n: number) => ({
    number: `IT-${n}`,
    title: '卡'.repeat(n),
    status: 'processing' as const,
    with: '李四',
  });
  it('tell how my tickets stand', () => {
    expect(ticketListText([ticket(3), { ...ticket(30), status: 'closed', with: '' }], 2, 'zh-CN')).toBe(
      `我的工单（2）\nIT-3 卡卡卡\n　处理中 · 李四\nIT-30 ${'卡'.repeat(23)}…\n　已关闭\n回复编号可以查看详情。`,
    );
  });
  it('tell what waits for me, and since when', () => {
    const line = { number: 'IT-1', title: '卡纸', kind: 'approve' as const, requester: '张三', openedAt: 0 };
    expect(taskListText([line], 1, 3 * 3_600_000, 'zh-CN')).toBe(
      '待办（1）\nIT-1 卡纸\n　待审批 · 张三 · 已等 3 小时\n回复编号可以查看详情。',
    );
    expect(taskListText([line], 1, 60_000, 'en')).toContain('To approve · 张三 · for 1 min');
  });
  it('are short, and say how many there are', () => {
    const text = ticketListText(Array.from({ length: 12 }, (_, i) => ticket(i + 1)), 31, 'zh-CN'); // prettier-ignore
    expect(text).toContain('我的工单（前 10 条，共 31）');
    expect(text).toContain('IT-10 ');
    expect(text).not.toContain('IT-11 ');
  });
  it('say what to do when they are empty', () => {
    expect(ticketListText([], 0, 'zh-CN')).toContain('帮助');
    expect(taskListText([], 0, 0, 'en')).toBe('Nothing to do: all is done.');
  });
});

describe('help', () => {
  const repair = { name: 'IT 报修', description: '电脑、软件、网络、账号问题', keywords: ['报修', '修电脑'] };
  it('says by which words a ticket is filed', () => {
    const text = helpText([repair, { name: '用章', description: '', keywords: [] }], 'zh-CN');
    expect(text).toContain('· 报修 → IT 报修：电脑、软件、网络、账号问题\n· 用章\n');
    expect(text).toContain('发「报修」再加一句说明就能开始');
  });
  it('fits a message even with a hundred templates', () => {
    const text = helpText(Array.from({ length: 100 }, () => repair), 'zh-CN'); // prettier-ignore
    expect(Buffer.byteLength(text)).toBeLessThan(2048);
  });
  it('says so when nothing can be filed', () => {
    expect(helpText([], 'zh-CN')).toContain('现在没有您可以提交的工单');
  });
});

describe('small words', () => {
  it('give a length of time in at most two units', () => {
    const cases: [number, string, string][] = [
      [-5, '不到 1 分钟', 'under a minute'],
      [59_999, '不到 1 分钟', 'under a minute'],
      [60_000, '1 分钟', '1 min'],
      [125 * 60_000, '2 小时 5 分钟', '2 h 5 min'],
      [24 * 3_600_000, '1 天', '1 d'],
      [(50 * 60 + 7) * 60_000, '2 天 2 小时', '2 d 2 h'],
    ];
    for (const [ms, zh, en] of cases) expect([elapsedText(ms, 'zh-CN'), elapsedText(ms, 'en')]).toEqual([zh, en]);
  });

  it('set Chinese without spaces, and Latin with', () => {
    expect(tight('李四 正在处理。')).toBe('李四正在处理。');
    expect(tight('Li Si 正在处理，等待 李四 确认')).toBe('Li Si 正在处理，等待李四确认');
  });

  it('name three people and count the others', () => {
    expect(namesText([1, 2], names, 'zh-CN')).toBe('张三、李四');
    expect(namesText([1, 2, 3, 4, 5], names, 'zh-CN')).toBe('张三、李四、Ann Lee 等 5 人');
    expect(namesText([1, 2, 3, 4, 5], names, 'en')).toBe('张三, 李四, Ann Lee and 2 more');
  });

  it('differ between the languages and between the states', () => {
    for (const table of [STATUS_WORDS, OUTCOME_WORDS, TASK_WORDS, ACT_WORDS])
      for (const { zh, en } of Object.values(table)) expect(zh).not.toBe(en);
    expect(new Set(STATUSES.map((status) => STATUS_WORDS[status].zh)).size).toBe(STATUSES.length);
  });
});
