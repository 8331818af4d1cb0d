/** Every act by its word, on platforms with forms on cards and without: by number, by what was last talked of, or by itself. */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Act, ACT_NAMES } from '../../src/flow/acts.ts';
import type { Ticket, Via } from '../../src/flow/ticket.ts';
import { actIn } from '../../src/chat/actWords.ts';
import { makeChat } from '../../src/chat/receive.ts';
import { ACT_WORDS } from '../../src/card/words.ts';
import { makeRenderer } from '../../src/ticket/render.ts';
import type { Answer, Workspace } from '../../src/workspace/port.ts';
import { BY_CODE, FREELY } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { anOffice, aRepair, type Office } from '../support/office.ts';

interface Row {
  readonly act: Act;
  /** `requester`, `handler`, or an account. */
  readonly who: string;
  /** How far the ticket has come. */
  readonly at?: (on: Stage) => Promise<void>;
  /** The order, `#` its number, `@` the colleague, `!` another ticket; then the answers to what is asked. */
  readonly says: readonly string[];
  readonly then: (ticket: Ticket, stage: Stage) => void;
}
interface Stage {
  readonly office: Office;
  readonly ticketId: number;
  readonly handler: string;
  /** Somebody of the handler's department. */
  readonly colleague: string;
  readonly id: (account: string) => number;
}

const accepted = async ({ office, ticketId, handler, id }: Stage) => {
  await office.act(ticketId, { type: 'accept', by: id(handler), task: 2 });
};
const handled = async ({ office, ticketId, handler, id }: Stage) => {
  const values = { solution: '换了硒鼓', effort: 1, core: false };
  await office.act(ticketId, { type: 'complete', by: id(handler), task: 2, values, comment: '' });
};
const supervised = async ({ office, ticketId, handler, id }: Stage) => {
  const values = { solution: '换了硒鼓', effort: 1, core: true };
  await office.act(ticketId, { type: 'complete', by: id(handler), task: 2, values, comment: '' });
};
const returned = async ({ office, ticketId, handler, id }: Stage) => {
  await office.act(ticketId, { type: 'return', by: id(handler), task: 2, to: 'filing', comment: '哪一台？' });
};
const paused = async ({ office, ticketId, handler, id }: Stage) => {
  const by = id(handler);
  await office.act(ticketId, { type: 'pause', by, task: 2, reason: 'waiting_vendor', comment: '' });
};
const questioned = async ({ office, ticketId, handler, id }: Stage) => {
  const by = id(handler);
  await office.act(ticketId, { type: 'pause', by, task: 2, reason: 'waiting_requester', comment: '哪一台？' });
};
const closed = async (stage: Stage) => {
  await handled(stage);
  const { office, ticketId, id } = stage;
  const { n } = (await office.ticket(ticketId)).tasks.at(-1)!;
  await office.act(ticketId, { type: 'agree', by: id('wangxiao'), task: n, values: {}, comment: '' });
};
const delegated = async (stage: Stage) => {
  await supervised(stage);
  const { office, ticketId, id } = stage;
  const { n } = (await office.ticket(ticketId)).tasks.at(-1)!;
  await office.act(ticketId, { type: 'delegate', by: id('wugang'), task: n, person: id('hejing'), comment: '贵吗？' });
};
const added =
  (via: Via) =>
  ({ tasks }: Ticket, { id }: Stage): void =>
    expect(tasks.at(-1)).toMatchObject({ via, assigneeId: id('hejing') });
const last = ({ tasks }: Ticket) => tasks.at(-1)?.state;

const ROWS: readonly Row[] = [
  { act: 'accept', who: 'handler', says: ['受理 #'], then: ({ status }) => expect(status).toBe('processing') },
  {
    act: 'complete',
    who: 'handler',
    at: accepted,
    says: ['# 完成', '换了搓纸轮', '1.5', '否'],
    then: ({ status }) => expect(status).toBe('confirming'),
  },
  {
    act: 'complete',
    who: 'handler',
    says: ['完成 # 换了搓纸轮', '2', '2'],
    then: ({ values }) => expect(values['repair']).toMatchObject({ solution: '换了搓纸轮', effort: 2 }),
  },
  {
    act: 'agree',
    who: 'requester',
    at: handled,
    says: ['已解决 #'],
    then: ({ outcome }) => expect(outcome).toBe('confirmed'),
  },
  {
    act: 'agree',
    who: 'wugang',
    at: supervised,
    says: ['同意 #'],
    then: ({ status }) => expect(status).toBe('confirming'),
  },
  {
    act: 'refuse',
    who: 'wugang',
    at: supervised,
    says: ['拒绝 #', '方案太贵'],
    then: ({ status }) => expect(status).toBe('processing'),
  },
  {
    act: 'refuse',
    who: 'requester',
    at: handled,
    says: ['未解决 # 还是卡'],
    then: ({ status }) => expect(status).toBe('processing'),
  },
  {
    act: 'return',
    who: 'handler',
    says: ['退回 #', '请写清楚是哪一台'],
    then: ({ status }) => expect(status).toBe('returned'),
  },
  {
    act: 'return',
    who: 'wugang',
    at: supervised,
    says: ['退回 # 请补充照片', '1'],
    then: ({ status }) => expect(status).toBe('returned'),
  },
  {
    act: 'transfer',
    who: 'handler',
    says: ['转交 # @ 今天不在公司'],
    then: ({ assigneeId }, { id, colleague }) => expect(assigneeId).toBe(id(colleague)),
  },
  {
    act: 'transfer',
    who: 'handler',
    says: ['转交 #', '没有这个人', '@', '今天不在公司'],
    then: ({ assigneeId }, { id, colleague }) => expect(assigneeId).toBe(id(colleague)),
  },
  { act: 'add_sign', who: 'wugang', at: supervised, says: ['加签 # 何静', '前加签'], then: added('before') },
  { act: 'add_sign', who: 'wugang', at: supervised, says: ['加签 #', '何静', '2'], then: added('after') },
  { act: 'add_sign', who: 'wugang', at: supervised, says: ['后加签 # 何静'], then: added('after') },
  { act: 'delegate', who: 'wugang', at: supervised, says: ['委托 # 何静 价格合适吗？'], then: added('delegate') },
  {
    act: 'advise',
    who: 'hejing',
    at: delegated,
    says: ['答复 # 合适'],
    then: ({ tasks }) => expect(tasks.at(-1)?.state).toBe('done:advise'),
  },
  {
    act: 'remove_sign',
    who: 'wugang',
    at: delegated,
    says: ['减签 # 何静'],
    then: (ticket) => expect(last(ticket)).toBe('removed'),
  },
  {
    act: 'comment',
    who: 'requester',
    says: ['补充说明 #', '三楼也卡'],
    then: ({ version }) => expect(version).toBe(2),
  },
  // As the question itself says (`card/lifeNotice.ts`): the work goes on.
  {
    act: 'comment',
    who: 'requester',
    at: questioned,
    says: ['补充 # 三楼那台'],
    then: ({ status }) => expect(status).toBe('processing'),
  },
  {
    act: 'comment',
    who: 'requester',
    at: questioned,
    says: ['comment # the one on the third floor'],
    then: ({ status }) => expect(status).toBe('processing'),
  },
  {
    act: 'urge',
    who: 'requester',
    says: ['催办 #'],
    then: ({ tasks }) => expect(tasks.at(-1)?.urged?.count).toBe(1),
  },
  { act: 'cc', who: 'handler', says: ['抄送 # 何静、林霞'], then: ({ cc }) => expect(cc).toHaveLength(2) },
  { act: 'cc', who: 'requester', says: ['抄送 #', '没有这个人', '何静'], then: ({ cc }) => expect(cc).toHaveLength(1) },
  {
    act: 'take_back',
    who: 'handler',
    at: handled,
    says: ['拿回 #'],
    then: ({ tasks }) => expect(tasks.find(({ state }) => state === 'open')?.node).toBe('repair'),
  },
  {
    act: 'pause',
    who: 'handler',
    says: ['挂起 #', '等提报人答复', '哪一台打印机？'],
    then: ({ status, paused }) => expect([status, paused?.reason]).toEqual(['suspended', 'waiting_requester']),
  },
  {
    act: 'pause',
    who: 'handler',
    says: ['挂起 #', '4', '后天下午两点'],
    then: ({ paused }) => expect(paused).toMatchObject({ reason: 'scheduled', until: expect.any(Number) }),
  },
  {
    act: 'pause',
    who: 'handler',
    says: ['挂起 #', '2'],
    then: ({ paused }) => expect(paused?.reason).toBe('waiting_vendor'),
  },
  {
    act: 'resume',
    who: 'handler',
    at: paused,
    says: ['恢复 #'],
    then: ({ status }) => expect(status).toBe('processing'),
  },
  {
    act: 'reopen',
    who: 'requester',
    at: closed,
    says: ['重开 #', '又卡了'],
    then: ({ status, outcome }) => expect([status, outcome]).toEqual(['processing', null]),
  },
  {
    act: 'split',
    who: 'handler',
    at: accepted,
    says: ['拆分 # 顺便换一台路由器'],
    then: ({ children }) => expect(children).toHaveLength(1),
  },
  {
    act: 'merge',
    who: 'handler',
    at: accepted,
    says: ['合并 #', '没有这张', '!'],
    then: ({ outcome }) => expect(outcome).toBe('merged'),
  },
  {
    act: 'duplicate',
    who: 'handler',
    at: accepted,
    says: ['# 标记为重复 !'],
    then: ({ outcome }) => expect(outcome).toBe('duplicate'),
  },
  {
    act: 'recategorize',
    who: 'handler',
    at: accepted,
    says: ['改分类 # 网络问题'],
    then: ({ category }) => expect(category).toBe('网络问题'),
  },
  {
    act: 'reprioritize',
    who: 'handler',
    at: accepted,
    says: ['改紧急程度 #', '3'],
    then: ({ urgency }) => expect(urgency).toBe('非常紧急'),
  },
  {
    act: 'reassign',
    who: 'zhouming',
    says: ['改派 # @ 原来的人请假了'],
    then: ({ assigneeId }, { id, colleague }) => expect(assigneeId).toBe(id(colleague)),
  },
  {
    act: 're_resolve',
    who: 'zhouming',
    says: ['重新找人 # 角色改过了'],
    then: ({ version }) => expect(version).toBe(2),
  },
  {
    act: 'jump',
    who: 'zhouming',
    says: ['跳转 # 线下已经修好', '申请人确认'],
    then: ({ status }) => expect(status).toBe('confirming'),
  },
  {
    act: 'force_close',
    who: 'zhouming',
    says: ['强制关闭 #', '测试单'],
    then: ({ outcome }) => expect(outcome).toBe('forced'),
  },
  {
    act: 'withdraw',
    who: 'requester',
    says: ['撤回 #', '自己好了'],
    then: ({ status }) => expect(status).toBe('withdrawn'),
  },
  {
    act: 'withdraw',
    who: 'requester',
    says: ['withdraw # works again'],
    then: ({ status }) => expect(status).toBe('withdrawn'),
  },
  {
    act: 'submit',
    who: 'requester',
    at: returned,
    says: ['重新提交 #'],
    then: (ticket) => expect(last(ticket)).toBe('open'),
  },
];

describe.each([
  ['without forms on cards', BY_CODE],
  ['with forms on cards', FREELY],
])('acts by word, %s', (_, capabilities) => {
  eachDatabase('a chat', (open) => {
    let office: Office;
    let receive: ReturnType<typeof makeChat>;
    let count = 0;
    beforeAll(async () => {
      office = await anOffice(open, { admins: ['sandbox/zhouming'] });
      const { db, people, clock, templates } = office;
      const around = { db, templates, clock, directory: people.current, offsetMinutes: 480 };
      receive = makeChat({
        ...office,
        directory: people.current,
        offsetMinutes: 480,
        renderer: makeRenderer({ ...around, publicUrl: 'http://paidan.test' }),
        workspaces: new Map([['sandbox', { capabilities } as Workspace]]),
        wake: () => {},
        directoryChanged: () => {},
      });
    });

    const answer = (account: string, text: string): Promise<Answer> =>
      receive({
        ...{ workspace: 'sandbox', channel: 'app', stale: false, reply: null, account, chat: account },
        key: `k${(count += 1)}`,
        at: office.clock(),
        takes: { text: true, card: false },
        what: { type: 'text', text },
      });
    const say = async (account: string, text: string) => (await answer(account, text)).text ?? '';
    const nameOf = (account: string) => office.people.current().people.get(office.id(account))?.name ?? '';
    const file = async (requester = 'wangxiao'): Promise<Stage & { number: string }> => {
      // Nobody files more than twenty a day.
      office.pass(2 * 3_600_000);
      const { ticketId, number } = await office.file(requester, aRepair);
      const { assigneeId } = await office.ticket(ticketId);
      const handler =
        office.people
          .current()
          .people.get(assigneeId ?? -1)
          ?.account.toLowerCase() ?? '';
      const colleague = handler === 'chenwei' ? 'liuyang' : 'chenwei';
      return { office, ticketId, number, handler, colleague, id: office.id };
    };

    /** A ticket that the same person handles, and so may see. */
    const another = async (handler: string): Promise<string> => {
      const other = await file();
      return other.handler === handler ? other.number : another(handler);
    };

    it.each(ROWS.map((row) => [row.act, row.says.join(' → '), row] as const))('%s: %s', async (_act, _says, row) => {
      const stage = await file();
      await row.at?.(stage);
      const who = row.who === 'requester' ? 'wangxiao' : row.who === 'handler' ? stage.handler : row.who;
      const other = row.says.some((text) => text.includes('!')) ? await another(stage.handler) : '';
      const marks = { '#': stage.number, '@': nameOf(stage.colleague), '!': other };
      for (const text of row.says)
        await say(
          who,
          text.replace(/[#@!]/g, (mark) => marks[mark as keyof typeof marks]),
        );
      row.then(await office.ticket(stage.ticketId), stage);
    });

    it('means the ticket that was last talked of, and says what can be said of it', async () => {
      const { ticketId, number, handler } = await file();
      await file();
      await say(handler, number);
      const help = await say(handler, '帮助');
      expect(help).toContain(`对 ${number} 现在可以说`);
      expect(help).toContain('转交 〈转交给〉 〈转交原因〉');
      await say(handler, '受理');
      expect((await office.ticket(ticketId)).status).toBe('processing');
    });

    it('hears a reason in 不用了 where it asked why a ticket is withdrawn, and leaves it alone after 取消', async () => {
      const { ticketId, number } = await file();
      expect(await say('wangxiao', `撤回 ${number}`)).toContain('「取消」');
      await say('wangxiao', '取消');
      expect((await office.ticket(ticketId)).status).toBe('pending');
      await say('wangxiao', `撤回 ${number}`);
      await say('wangxiao', '不用了');
      expect((await office.ticket(ticketId)).status).toBe('withdrawn');
    });

    it('asks which one is meant where several are', async () => {
      const one = await file('luoyi');
      const other = await file('luoyi');
      const which = await say('luoyi', '撤回');
      expect(which).toContain(one.number);
      expect(which).toContain(other.number);
    });

    it('says why not, and what to do, where nothing of the kind is possible', async () => {
      const { number, handler } = await file();
      expect(await say('fengxue', '转交 李强 出差')).toContain('没有可以转交的工单');
      expect(await say('wangxiao', `转交 ${number} 李强 出差`)).toContain('负责');
      expect(await say('fengxue', `撤回 ${number}`)).toContain('没有找到这张工单');
      expect(await say(handler, `同意 ${number}`)).toContain('现在还不能同意');
      expect(await say(handler, '撤回 IT-209901-0001')).toContain('没有找到这张工单');
    });

    it('takes an act’s word for an answer where something is asked, unless it stands alone', async () => {
      const { ticketId, number, handler } = await file();
      await say(handler, `退回 ${number}`);
      await say(handler, '转交 给我之前请先补充型号');
      expect((await office.ticket(ticketId)).status).toBe('returned');
    });

    it('takes an act’s word with a ticket’s number for an order where it can be no answer, and for one where it can', async () => {
      const stage = await file();
      await accepted(stage);
      const { ticketId, number, handler, colleague, id } = stage;
      await say(handler, `挂起 ${number}`);
      // Some messages later nobody remembers what could be chosen, or how to leave it.
      expect(await say(handler, '随便')).toMatch(/没有对上.*「取消」[^]*等供应商/);
      await say(handler, `转交 ${number} ${nameOf(colleague)} 出差`);
      expect((await office.ticket(ticketId)).assigneeId).toBe(id(colleague));
      await say(colleague, `退回 ${number}`);
      await say(colleague, `催办 ${number} 没有用，请补充型号`);
      expect((await office.ticket(ticketId)).status).toBe('returned');
    });
  });
});

it('every act has a row; the rest are the flow admin’s, when a step that runs by itself failed, and a dispatcher’s', () => {
  const rows = ROWS.map(({ act }) => act);
  const elsewhere: readonly Act[] = ['claim', 'release', 'dispatch', 'retry', 'skip'];
  expect(ACT_NAMES.filter((act) => !rows.includes(act) && !elsewhere.includes(act))).toEqual([]);
});

describe('words of acts', () => {
  it.each(ACT_NAMES)('%s is understood as it stands on its button, in both languages', (act) => {
    for (const word of [ACT_WORDS[act].zh, ACT_WORDS[act].en]) {
      expect(actIn(word)?.acts).toContain(act);
      expect(actIn(`${word} it-202611-0042 好`)).toMatchObject({ number: 'IT-202611-0042', rest: '好' });
      expect(actIn(`IT-202611-0042 ${word}`)).toMatchObject({ number: 'IT-202611-0042', rest: '' });
    }
  });

  it.each(['退回来的打印机坏了', '同意书打印', '转交', '撤回', '1'.repeat(100_000)])('is no story: %#', (text) => {
    expect(actIn(text) === null).toBe(!['转交', '撤回'].includes(text));
  });
});
