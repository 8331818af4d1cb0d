/** DingTalk's form inside the card: every kind of input that it has, filled in wrongly, then well (S19, S29; Build 5). */
import { beforeAll, expect, it } from '@jest/globals';
import type { Message } from '../../src/sandbox/client.ts';
import { keyOf } from '../support/chatter.ts';
import { cardWords } from '../support/cardWords.ts';
import { eventually } from '../support/eventually.ts';
import { ticketOf } from '../support/repair.ts';
import { eachService, type Running } from '../support/service.ts';

const TEMPLATE = `
template: device
name: 设备维修
keywords: [设备]
number: D-{seq:4}
form:
  - { id: title,  type: text,        label: 设备名称, required: true, max: 60 }
  - { id: detail, type: textarea,    label: 故障现象, required: true }
  - { id: count,  type: number,      label: 台数, unit: 台, min: 1, max: 20, required: true }
  - { id: cost,   type: money,       label: 预算 }
  - { id: level,  type: radio,       label: 级别, options: [低, 中, 高], default: 中 }
  - { id: parts,  type: multiselect, label: 部件, options: [电机, 皮带, 传感器], required: true }
  - { id: day,    type: date,        label: 停机日期, required: true }
  - { id: at,     type: datetime,    label: 发现时间 }
  - { id: line,   type: switch,      label: 影响产线 }
flow:
  - id: fix
    handle: 维修
    assignee: { role: 网络工程师 }
    form:
      - { id: done,   type: date,     label: 修复日期, required: true }
      - { id: causes, type: checkbox, label: 原因, options: [老化, 误操作], required: true }
      - { id: hours,  type: number,   label: 工时, unit: 小时, required: true }
`;

interface Field {
  readonly name: string;
  readonly type: string;
  readonly defaultValue?: unknown;
}
const fieldsOf = ({ interactive }: Message): Field[] =>
  (JSON.parse(interactive?.data['form'] ?? '{"fields":[]}') as { fields: Field[] }).fields;

eachService('A form on a DingTalk card', (start) => {
  let running: Running;
  beforeAll(async () => {
    running = await start();
    const { published } = await running.service.app.templates.publish(TEMPLATE, null, 'test');
    expect(published).not.toBeNull();
  });
  const draftOf = (title: string) =>
    running
      .as('ding-dongfei')
      .find(`the form of ${title}`, (one) => cardWords(one)?.title === title && keyOf(one, '提交') !== null);

  it('takes words from the chat, too: the first text that is missing, then it says what it waits for', async () => {
    const dong = running.as('ding-dongfei');
    await dong.say('设备 空压机');
    await draftOf('空压机');
    const answerTo = async (text: string) => {
      await dong.say(text);
      await running.settled();
      return dong.lastText();
    };
    expect(await answerTo('一启动就跳闸')).toBe(
      '已记下「故障现象」。\n「台数」「部件」「停机日期」请在卡片上填好，再点「提交」。',
    );
    await eventually(async () => {
      const detail = fieldsOf(await draftOf('空压机')).find(({ name }) => name === 'detail');
      expect(detail?.defaultValue).toBe('一启动就跳闸');
    });
    expect(await answerTo('快一点')).toContain('「设备维修」还没有提交');
    expect(await answerTo('取消')).toContain('已取消');
    expect(await answerTo('快一点')).toContain('没有看懂');
  });

  it('takes texts, numbers, choices, dates and times', async () => {
    const dong = running.as('ding-dongfei');
    await dong.say('设备 冲床');
    const draft = await draftOf('冲床');
    const kinds = Object.fromEntries(fieldsOf(draft).map(({ name, type }) => [name, type]));
    expect(kinds).toEqual({
      ...{ _key: 'TEXT', title: 'TEXT', detail: 'TEXT_AREA', count: 'NUMBER', cost: 'NUMBER', level: 'SELECT' },
      ...{ parts: 'MULTI_SELECT', day: 'DATE', at: 'DATETIME', line: 'SELECT' },
    });
    await dong.press('提交', {
      ...{ 故障现象: '异响\n每分钟一次', 台数: 2, 预算: '1200.5', 级别: '高', 部件: ['电机', '传感器'] },
      ...{ 停机日期: '2026-11-30', 发现时间: '2026-11-25 08:15', 影响产线: '是' },
    });
    await running.settled();
    const { values } = await ticketOf(running, 'D-0001');
    expect(values['form']).toEqual({
      ...{ title: '冲床', detail: '异响\n每分钟一次', count: 2, cost: 1200.5, level: '高', parts: ['电机', '传感器'] },
      ...{ day: '2026-11-30', at: Date.UTC(2026, 10, 25, 0, 15), line: true },
    });

    const song = running.as('ding-songjie');
    await song.press('受理');
    await song.press('完成', { 修复日期: '2026-11-26', 原因: ['老化'], 工时: 3.5 });
    // The to-do waits for the answer to the click to have left, and no longer.
    const pressed = Date.now();
    await eventually(async () => expect(await song.todos()).toEqual([expect.objectContaining({ done: true })]));
    expect(Date.now() - pressed).toBeLessThan(2_000);
    expect((await ticketOf(running, 'D-0001')).values['fix']).toEqual({ done: '2026-11-26', causes: ['老化'], hours: 3.5 }); // prettier-ignore
  });

  it('says on the card what is wrong, keeps what was right, and files once it is put right', async () => {
    const dong = running.as('ding-dongfei');
    await dong.say('设备 钻床');
    const draft = await draftOf('钻床');
    const values = { 故障现象: '打滑', 台数: 99, 部件: ['皮带'], 停机日期: '2026-11-30' };
    await dong.press('提交', values);
    const told = await draftOf('钻床');
    expect(told.id).toBe(draft.id);
    expect(cardWords(told)?.notice).toContain('台数');
    const kept = Object.fromEntries(fieldsOf(told).map(({ name, defaultValue }) => [name, defaultValue]));
    expect(kept).toMatchObject({ detail: '打滑', parts: { index: [1], value: ['皮带'] }, day: '2026-11-30' });

    await dong.press('提交', { 台数: 3 });
    await running.settled();
    expect((await ticketOf(running, 'D-0002')).values['form']).toMatchObject({ count: 3, detail: '打滑', level: '中' });
    const filed = await dong.find('the filed one', ({ id }) => id === draft.id);
    expect(cardWords(filed)).toMatchObject({ subtitle: expect.stringContaining('D-0002'), notice: '' });
  });

  it('is cancelled, and its buttons are gone', async () => {
    const dong = running.as('ding-dongfei');
    await dong.say('设备 车床');
    const draft = await draftOf('车床');
    await dong.press('取消');
    const after = await dong.find('the card', ({ id }) => id === draft.id);
    expect(cardWords(after)).toMatchObject({ over: '已取消', buttons: [] });
    await running.settled();
    expect(await running.service.app.db.read((r) => r.rows("SELECT id FROM ticket WHERE title = '车床'"))).toEqual([]);
  });

  it('logs no error', () => {
    expect(running.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
