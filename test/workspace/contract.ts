/** What every workspace must do. An adapter passes by showing how its platform behaves, not how we do. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card, CardInput } from '../../src/card/card.ts';
import { type Chat, groupChat } from '../../src/lib/chat.ts';
import type { Answer, InboundEvent, Sent, TodoList, Workspace } from '../../src/workspace/port.ts';
import type { KeptLog } from '../support/log.ts';

/** How the platform behaves at the next call that sends or changes something; `accepts` until told otherwise. */
export type Mood =
  'accepts' | 'throttles' | 'is busy' | 'is down' | 'loses its answer' | 'talks nonsense' | 'forgot our token';

/** A message as the person sees it. */
interface Shown {
  readonly id: string;
  /** Everything there is to read on it. */
  readonly text: string;
  readonly clickable: boolean;
}

export interface Subject {
  readonly workspace: Workspace;
  readonly log: KeptLog;
  /** What must never be written anywhere. */
  readonly secrets: readonly string[];
  /**
   * Of the platform's directory: somebody, their manager who heads a department, an account nobody has; and a group of
   * both with the app in it, where the workspace has groups.
   */
  readonly cast: {
    readonly ann: string;
    readonly boss: string;
    readonly nobody: string;
    readonly group: Chat | null;
  };
  /** What the platform knows again by our key, and shows once however often it is sent. */
  readonly knows: { readonly cards: boolean; readonly texts: boolean };
  mood(mood: Mood): Promise<void>;
  /** Oldest first. @param chat  a group, as this person sees it; default: the chat with the app */
  shown(account: string, chat?: Chat): Promise<readonly Shown[]>;
  /** @param times how often the platform delivers the same event */
  types(account: string, text: string, times?: number): Promise<void>;
  /** In a group, to the app. */
  says(account: string, group: Chat, text: string): Promise<void>;
  sendsPicture(account: string, bytes: Buffer): Promise<void>;
  clicks(account: string, shownId: string, key: string, picked?: Record<string, string[]>): Promise<void>;
  /** Their to-dos that are not done, by subject. */
  todos(account: string): Promise<readonly string[]>;
  /** Where `capabilities.tellsEntering`. */
  opensChat(account: string): Promise<void>;
  /** Follows the address as this person, and gives what comes back to the page. */
  signsIn(url: string, account: string): Promise<{ code: string; state: string }>;
  /** What the service was told, and what it answers. */
  readonly received: InboundEvent[];
  answersWith(answer: Answer): void;
  close(): Promise<void>;
}

const CARD: Card = {
  kind: 'task',
  source: '派单',
  title: '打印机卡纸',
  subtitle: 'IT-20260101-0001',
  emphasis: '待受理',
  body: '三楼东侧打印机卡纸，无法打印。',
  facts: [{ label: '提报人', value: '王晓' }],
  quote: null,
  inputs: [],
  buttons: [
    { text: '受理', tone: 'primary', does: { key: 't.accept.7.1.3' } },
    { text: '转交', tone: 'secondary', does: { key: 't.transfer.7.1.3' } },
  ],
  menu: [],
  url: '/m/t/7',
  over: null,
  notice: null,
};
const input = (key: string, label: string, kind: CardInput['kind']): CardInput => {
  return { key, label, kind, required: false, options: [], value: [] };
};
const OVER: Card = { ...CARD, emphasis: '处理中', buttons: [], over: '已由李四受理' };
const ASKING: Card = {
  ...CARD,
  kind: 'draft',
  title: '请补充报修内容',
  inputs: [
    {
      key: 'urgency',
      label: '紧急程度',
      kind: 'choice',
      required: true,
      options: [
        { id: 'low', text: '一般' },
        { id: 'high', text: '非常紧急' },
      ],
      value: [],
    },
  ],
  buttons: [{ text: '提交', tone: 'primary', does: { key: 'd.submit.9' } }],
};
const FORM: Card = {
  ...ASKING,
  inputs: [
    ...ASKING.inputs,
    input('what', '报修内容', 'longtext'),
    input('place', '地点', 'text'),
    input('count', '台数', 'number'),
    input('day', '希望日期', 'date'),
    {
      ...input('parts', '需要的配件', 'choices'),
      options: [
        { id: 'ink', text: '墨盒' },
        { id: 'paper', text: '纸' },
        { id: 'cable', text: '线' },
      ],
    },
  ],
};
const FILLED = {
  urgency: ['low'],
  what: ['第一行\n第二行'],
  place: ['三楼'],
  count: ['3'],
  day: ['2026-03-01'],
  parts: ['ink', 'cable'],
};
const PICTURE = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

export function describeWorkspace(name: string, makeSubject: () => Promise<Subject>): void {
  describe(`${name} as a workspace`, () => {
    let subject: Subject;
    let made = 0;
    const fresh = () => `c${(made += 1)}-1`;
    const sendCard = (card = CARD, platformKey = fresh(), to = subject.cast.ann) =>
      subject.workspace.send({ kind: 'card', to, platformKey, card });
    const sendText = (text: string, dedupeKey = fresh(), to = subject.cast.ann) =>
      subject.workspace.send({ kind: 'text', to, text, dedupeKey });
    const lastShown = async (account = subject.cast.ann) => {
      const last = (await subject.shown(account)).at(-1);
      if (!last) throw new Error('Nothing is shown');
      return last;
    };
    const countOf = async (text: string) =>
      (await subject.shown(subject.cast.ann)).filter((one) => one.text.includes(text)).length;
    const lastHeard = () => {
      const last = subject.received.at(-1);
      if (!last) throw new Error('Nothing was received');
      return last;
    };

    beforeAll(async () => void (subject = await makeSubject()));
    beforeEach(async () => {
      await subject.mood('accepts');
      subject.answersWith({});
    });
    afterAll(() => subject.close());

    describe('sending', () => {
      it('shows a card with its words and buttons, and a text', async () => {
        expect((await sendCard()).result).toBe('sent');
        const { text, clickable } = await lastShown();
        const acts = subject.workspace.capabilities.inputs.count > 0 ? ['受理', '转交'] : [];
        for (const word of ['打印机卡纸', '王晓', ...acts]) expect(text).toContain(word);
        expect(clickable).toBe(true);
        expect((await sendText('请发送处理方案')).result).toBe('sent');
        expect((await lastShown()).text).toBe('请发送处理方案');
      });

      it('shows a card once however often it is sent under one key, where the platform knows it', async () => {
        if (!subject.knows.cards) return;
        const card = { ...CARD, title: '只出现一次' };
        const key = fresh();
        const results = [await sendCard(card, key), await sendCard(card, key)].map(({ result }) => result);
        expect(['arrived', 'sent']).toContain(results[1]);
        expect(await countOf('只出现一次')).toBe(1);
      });

      it('shows a text once under one key where the platform knows it, and the same words again under another', async () => {
        const key = fresh();
        await sendText('同一句话', key);
        if (subject.knows.texts) await sendText('同一句话', key);
        expect(await countOf('同一句话')).toBe(1);
        await sendText('同一句话');
        expect(await countOf('同一句话')).toBe(2);
      });

      it('says in words that a person can not be reached, for good', async () => {
        const sent = await sendText('hi', fresh(), subject.cast.nobody);
        expect(sent).toMatchObject({ result: 'dead', platformCode: expect.stringMatching(/.+/) });
        expect(sent.result === 'dead' && sent.reason).toMatch(/.+/);
      });

      it.each<[Mood, Sent['result'][]]>([
        ['throttles', ['later']],
        ['is busy', ['later']],
        ['is down', ['later', 'unknown']],
        ['talks nonsense', ['unknown']],
        ['forgot our token', ['sent']],
      ])('when the platform %s, says %s', async (mood, expected) => {
        await subject.mood(mood);
        expect(expected).toContain((await sendText(`while it ${mood}`)).result);
      });

      it('shows what a text leads to', async () => {
        const link = { text: '打开表单', url: '/m/new' };
        const message = { kind: 'text' as const, to: subject.cast.ann, text: '请补充', link, dedupeKey: fresh() };
        expect((await subject.workspace.send(message)).result).toBe('sent');
        const { text } = await lastShown();
        for (const word of ['请补充', '打开表单', encodeURIComponent('/m/new')]) expect(text).toContain(word);
      });

      it('says how long to wait when the platform throttles', async () => {
        await subject.mood('throttles');
        const sent = await sendCard();
        expect(sent.result === 'later' && sent.waitMs).toBeGreaterThan(0);
      });

      it('after a lost answer says that it is unknown, and a retry shows nothing twice that the platform knows', async () => {
        const card = { ...CARD, title: '回执丢失' };
        const ways = [
          { send: (key: string) => sendCard(card, key), again: subject.knows.cards },
          { send: (key: string) => sendText('回执丢失', key), again: subject.knows.texts },
        ];
        for (const { send, again } of ways) {
          const before = await countOf('回执丢失');
          const key = fresh();
          await subject.mood('loses its answer');
          expect((await send(key)).result).toBe('unknown');
          if (again) expect(['arrived', 'sent']).toContain((await send(key)).result);
          expect(await countOf('回执丢失')).toBe(before + 1);
        }
      });
    });

    describe('changing a card', () => {
      const sentWithCode = async () => {
        const key = fresh();
        const sent = await sendCard(CARD, key);
        return { key, code: sent.result === 'sent' ? (sent.code?.code ?? null) : null };
      };

      it('shows the new look in place of the old, or says that it can not', async () => {
        if (subject.workspace.capabilities.update === 'never') {
          const update = { to: subject.cast.ann, platformKey: fresh(), card: OVER, code: null };
          return expect((await subject.workspace.update(update)).result).toBe('dead');
        }
        const { key: platformKey, code } = await sentWithCode();
        const before = (await subject.shown(subject.cast.ann)).length;
        const done = await subject.workspace.update({ to: subject.cast.ann, platformKey, card: OVER, code });
        expect(done.result).toBe('sent');
        expect((await subject.shown(subject.cast.ann)).length).toBe(before);
        expect(await lastShown()).toMatchObject({ text: expect.stringContaining('已由李四受理'), clickable: false });
      });

      it('says so when the code is gone, where one is needed', async () => {
        if (subject.workspace.capabilities.update !== 'by_code') return;
        const { key: platformKey, code } = await sentWithCode();
        expect(code).not.toBeNull();
        const update = (by: string | null) =>
          subject.workspace.update({ to: subject.cast.ann, platformKey, card: OVER, code: by });
        expect((await update(code)).result).toBe('sent');
        for (const gone of [code, 'never-was', null]) expect((await update(gone)).result).toBe('code_gone');
      });
    });

    describe('what people do', () => {
      it('is heard as text, from whom and when, and answered in the chat where the answer can carry it', async () => {
        subject.answersWith({ text: '已收到：打印机卡纸' });
        const since = Date.now() - 2000;
        await subject.types(subject.cast.ann, '报修 打印机卡纸 紧急');
        expect(lastHeard()).toMatchObject({
          workspace: subject.workspace.id,
          account: subject.cast.ann.toLowerCase(),
          chat: subject.cast.ann.toLowerCase(),
          stale: false,
          what: { type: 'text', text: '报修 打印机卡纸 紧急' },
        });
        expect(lastHeard().at).toBeGreaterThanOrEqual(since);
        expect(await countOf('已收到：打印机卡纸')).toBe(lastHeard().takes.text ? 1 : 0);
      });

      it('is answered where the conversation was, and in the ordinary way when that place is over', async () => {
        await subject.types(subject.cast.ann, '报修');
        const { reply } = lastHeard();
        const say = (text: string, place: typeof reply) =>
          subject.workspace.send({
            kind: 'text',
            to: subject.cast.ann,
            text,
            dedupeKey: fresh(),
            ...(place ? { reply: place } : {}),
          });
        for (const place of [
          reply,
          reply && { ...reply, until: 1 },
          reply && { ...reply, address: `${reply.address}x` },
        ]) {
          const text = `在这里说 ${fresh()}`;
          expect((await say(text, place)).result).toBe('sent');
          expect((await lastShown()).text).toBe(text);
        }
      });

      it('has one key however often it is delivered, and another the next time', async () => {
        const keysOf = async (act: () => Promise<void>) => {
          subject.received.length = 0;
          await act();
          return subject.received.map(({ key }) => key);
        };
        const first = await keysOf(() => subject.types(subject.cast.ann, '报修', 3));
        expect(first.length).toBe(3);
        expect(new Set(first).size).toBe(1);
        const second = await keysOf(() => subject.types(subject.cast.ann, '报修'));
        expect(second).not.toEqual(first.slice(0, 1));
        for (const key of [...first, ...second]) expect(key.length).toBeLessThanOrEqual(128);
      });

      it('is heard as a click with our key, on our card, where there are buttons', async () => {
        if (subject.workspace.capabilities.inputs.count === 0) return;
        const platformKey = fresh();
        await sendCard(CARD, platformKey);
        await subject.clicks(subject.cast.ann, (await lastShown()).id, 't.accept.7.1.3');
        const { what } = lastHeard();
        expect(what).toMatchObject({ type: 'click', card: platformKey, key: 't.accept.7.1.3' });
        expect(lastHeard()).toMatchObject({ account: subject.cast.ann.toLowerCase(), takes: { card: true } });
        const { update } = subject.workspace.capabilities;
        expect(what.type === 'click' && what.code !== null).toBe(update === 'by_code');
      });

      it('is heard with what was chosen on the card, where there are choices', async () => {
        if (!subject.workspace.capabilities.inputs.kinds.includes('choice')) return;
        await sendCard(ASKING);
        await subject.clicks(subject.cast.ann, (await lastShown()).id, 'd.submit.9', { urgency: ['high'] });
        expect(lastHeard().what).toMatchObject({ type: 'click', key: 'd.submit.9', picked: { urgency: ['high'] } });
      });

      it('is heard with all that was filled in, where a card takes it', async () => {
        const { kinds } = subject.workspace.capabilities.inputs;
        if (!FORM.inputs.every(({ kind }) => kinds.includes(kind))) return;
        await sendCard(FORM);
        await subject.clicks(subject.cast.ann, (await lastShown()).id, 'd.submit.9', FILLED);
        expect(lastHeard().what).toMatchObject({ type: 'click', key: 'd.submit.9', picked: FILLED });
      });

      it('is answered by the new look of the card, where the platform can', async () => {
        if (subject.workspace.capabilities.inputs.count === 0) return;
        await sendCard();
        subject.answersWith({ card: OVER });
        await subject.clicks(subject.cast.ann, (await lastShown()).id, 't.accept.7.1.3');
        expect(await lastShown()).toMatchObject({ text: expect.stringContaining('已由李四受理'), clickable: false });
      });

      it('is heard as a picture that can be fetched, until it is forgotten', async () => {
        await subject.sendsPicture(subject.cast.ann, PICTURE);
        const { what } = lastHeard();
        if (what.type !== 'media') throw new Error(`Heard ${what.type}`);
        expect(what.media.until).toBeGreaterThan(Date.now());
        const media = await subject.workspace.media(what.media.id);
        const chunks: Buffer[] = [];
        for await (const chunk of media.stream) chunks.push(chunk as Buffer);
        expect(Buffer.concat(chunks).equals(PICTURE)).toBe(true);
        expect(media.mime).toBe('image/png');
        await expect(subject.workspace.media('no-such-media')).rejects.toMatchObject({ gone: true });
      });

      it('is heard as opening the chat, where the platform tells', async () => {
        if (!subject.workspace.capabilities.tellsEntering) return;
        await subject.opensChat(subject.cast.ann);
        expect(lastHeard()).toMatchObject({ account: subject.cast.ann.toLowerCase(), what: { type: 'enter' } });
      });
    });

    describe('groups, where there are any', () => {
      const group = () => subject.cast.group;

      it('are heard as a chat of their own, with who said it', async () => {
        const chat = group();
        if (chat === null) return expect(subject.workspace.capabilities.groups).toBe(false);
        await subject.says(subject.cast.ann, chat, '报修 大厅的灯坏了');
        const what = { type: 'text', text: '报修 大厅的灯坏了' };
        expect(lastHeard()).toMatchObject({ account: subject.cast.ann.toLowerCase(), chat, what });
      });

      it('are answered and shown cards that follow, and everybody in them sees it', async () => {
        const to = group();
        if (to === null) return;
        const { ann, boss } = subject.cast;
        const seen = async () => (await subject.shown(boss, to)).at(-1)?.text;
        const say = (text: string) =>
          subject.workspace.send({ kind: 'text', to, text, dedupeKey: fresh(), mention: ann });
        expect((await say('已登记')).result).toBe('sent');
        expect(await seen()).toMatch(/^@\S+ 已登记$/);
        const platformKey = fresh();
        const card: Card = { ...CARD, kind: 'group', buttons: [] };
        expect((await subject.workspace.send({ kind: 'card', to, platformKey, card })).result).toBe('sent');
        expect(await seen()).toContain('打印机卡纸');
        if (subject.workspace.capabilities.update === 'never') return;
        const next = { ...card, emphasis: '已解决' };
        expect((await subject.workspace.update({ to, platformKey, card: next, code: null })).result).toBe('sent');
        expect(await seen()).toContain('已解决');
      });

      it('that are no more are said to be so, for good', async () => {
        if (group() === null) return;
        const to = groupChat('no-such-group');
        for (const message of [
          { kind: 'text', to, text: 'hi', dedupeKey: fresh() },
          { kind: 'card', to, platformKey: fresh(), card: CARD },
        ] as const)
          expect((await subject.workspace.send(message)).result).toBe('dead');
      });
    });

    describe('to-dos, where there are any', () => {
      const make = (platformKey: string, list: TodoList) =>
        list.create({
          platformKey,
          account: subject.cast.ann,
          subject: `待办 ${platformKey}`,
          url: '/m/t/7',
          dueAt: Date.now() + 3_600_000,
        });
      const has = async (key: string) => (await subject.todos(subject.cast.ann)).includes(`待办 ${key}`);

      it('are made once under one key, found by it, and end', async () => {
        const list = subject.workspace.todos;
        expect(list !== null).toBe(subject.workspace.capabilities.todos);
        if (!list) return;
        for (const how of ['done', 'removed'] as const) {
          const key = fresh();
          const { ann: account } = subject.cast;
          expect((await list.find({ platformKey: key, account })).result).toBe('dead');
          await subject.mood('loses its answer');
          expect((await make(key, list)).result).toBe('unknown');
          expect(['sent', 'arrived']).toContain((await make(key, list)).result);
          const found = await list.find({ platformKey: key, account });
          if (found.result !== 'sent' || found.platformId === null) throw new Error(`Found ${found.result}`);
          expect((await subject.todos(account)).filter((one) => one === `待办 ${key}`)).toHaveLength(1);
          const ending = { account, platformId: found.platformId };
          expect((await list.end(ending, how)).result).toBe('sent');
          expect(await has(key)).toBe(false);
          expect((await list.end(ending, how)).result).toBe('sent');
        }
      });

      it('are not made for nobody', async () => {
        const list = subject.workspace.todos;
        if (!list) return;
        const { nobody: account } = subject.cast;
        const todo = { platformKey: fresh(), account, subject: 'x', url: '/m/', dueAt: null };
        expect((await list.create(todo)).result).toBe('dead');
      });
    });

    describe('knowing people', () => {
      it('lists everybody with departments, heads and managers that are in the list', async () => {
        const { people, departments } = await subject.workspace.directory();
        const accounts = new Set(people.map(({ account }) => account));
        const keys = new Set(departments.map(({ key }) => key));
        const ann = people.find(({ account }) => account === subject.cast.ann.toLowerCase());
        expect(ann).toMatchObject({ active: true, managers: [subject.cast.boss.toLowerCase()] });
        expect(departments.some(({ heads }) => heads.includes(subject.cast.boss.toLowerCase()))).toBe(true);
        for (const one of people) {
          expect(one.accountVerbatim.toLowerCase()).toBe(one.account.toLowerCase());
          expect([one.name, ...one.departments].every((text) => text !== '')).toBe(true);
          for (const key of one.departments) expect(keys).toContain(key);
          for (const manager of one.managers) expect(accounts).toContain(manager);
        }
        for (const one of departments) {
          for (const head of one.heads) expect(accounts).toContain(head);
          if (one.parent !== null) expect(keys).toContain(one.parent);
        }
      });

      it.each([true, false])('signs a person in once by a code (inside the client: %s)', async (inside) => {
        const { signIn } = subject.workspace;
        const back = await subject.signsIn(
          signIn.url('http://127.0.0.1/auth/hq/back?x=1', 'abc123', inside),
          subject.cast.ann,
        );
        // A code of the client's own script comes by a page of ours, which says where it came from.
        const page = inside ? signIn.page?.('http://127.0.0.1/auth/hq/back?x=1', 'abc123') : null;
        if (page) for (const word of ['abc123', 'auth/hq/back', '<script>']) expect(page.html).toContain(word);
        expect(back.state).toBe('abc123');
        expect(await signIn.account(back.code)).toBe(subject.cast.ann.toLowerCase());
        expect(await signIn.account(back.code)).toBeNull();
        expect(await signIn.account('rubbish')).toBeNull();
        expect(await signIn.account('')).toBeNull();
      });
    });

    it('wrote no secret into its log', () => {
      const written = JSON.stringify(subject.log.lines);
      expect(subject.log.lines.length).toBeGreaterThan(0);
      for (const secret of subject.secrets) expect(written).not.toContain(secret);
    });
  });
}
