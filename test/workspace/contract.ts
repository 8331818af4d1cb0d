/** What every workspace must do. An adapter passes by showing how its platform behaves, not how we do. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Card } from '../../src/card/card.ts';
import type { Answer, InboundEvent, Sent, Workspace } from '../../src/workspace/port.ts';
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
  /** Accounts of the platform's directory: somebody, their manager who heads a department, and an account nobody has. */
  readonly cast: { readonly ann: string; readonly boss: string; readonly nobody: string };
  mood(mood: Mood): Promise<void>;
  /** Oldest first. */
  shown(account: string): Promise<readonly Shown[]>;
  /** @param times how often the platform delivers the same event */
  types(account: string, text: string, times?: number): Promise<void>;
  sendsPicture(account: string, bytes: Buffer): Promise<void>;
  clicks(account: string, shownId: string, key: string, picked?: Record<string, string[]>): Promise<void>;
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
        for (const word of ['打印机卡纸', '受理', '转交', '王晓']) expect(text).toContain(word);
        expect(clickable).toBe(true);
        expect((await sendText('请发送处理方案')).result).toBe('sent');
        expect((await lastShown()).text).toBe('请发送处理方案');
      });

      it('shows a card once however often it is sent under one key', async () => {
        const card = { ...CARD, title: '只出现一次' };
        const key = fresh();
        const results = [await sendCard(card, key), await sendCard(card, key)].map(({ result }) => result);
        expect(['arrived', 'sent']).toContain(results[1]);
        expect(await countOf('只出现一次')).toBe(1);
      });

      it('shows a text once under one key, and the same words again under another', async () => {
        const key = fresh();
        await sendText('同一句话', key);
        await sendText('同一句话', key);
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

      it('says how long to wait when the platform throttles', async () => {
        await subject.mood('throttles');
        const sent = await sendCard();
        expect(sent.result === 'later' && sent.waitMs).toBeGreaterThan(0);
      });

      it('after a lost answer says that it is unknown, and a retry shows nothing twice', async () => {
        const card = { ...CARD, title: '回执丢失' };
        for (const send of [(key: string) => sendCard(card, key), (key: string) => sendText('回执丢失', key)]) {
          const before = await countOf('回执丢失');
          const key = fresh();
          await subject.mood('loses its answer');
          expect((await send(key)).result).toBe('unknown');
          expect(['arrived', 'sent']).toContain((await send(key)).result);
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

      it('shows the new look in place of the old', async () => {
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
      it('is heard as text, from whom and when, and answered in the chat', async () => {
        subject.answersWith({ text: '已收到：打印机卡纸' });
        const since = Date.now() - 2000;
        await subject.types(subject.cast.ann, '报修 打印机卡纸 紧急');
        expect(lastHeard()).toMatchObject({
          workspace: subject.workspace.id,
          account: subject.cast.ann.toLowerCase(),
          stale: false,
          what: { type: 'text', text: '报修 打印机卡纸 紧急' },
        });
        expect(lastHeard().at).toBeGreaterThanOrEqual(since);
        expect((await lastShown()).text).toBe('已收到：打印机卡纸');
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

      it('is heard as a click with our key, on our card', async () => {
        const platformKey = fresh();
        await sendCard(CARD, platformKey);
        await subject.clicks(subject.cast.ann, (await lastShown()).id, 't.accept.7.1.3');
        const { what } = lastHeard();
        expect(what).toMatchObject({ type: 'click', card: platformKey, key: 't.accept.7.1.3' });
        const { update } = subject.workspace.capabilities;
        expect(what.type === 'click' && what.code !== null).toBe(update === 'by_code');
      });

      it('is heard with what was chosen on the card', async () => {
        await sendCard(ASKING);
        await subject.clicks(subject.cast.ann, (await lastShown()).id, 'd.submit.9', { urgency: ['high'] });
        expect(lastHeard().what).toMatchObject({ type: 'click', key: 'd.submit.9', picked: { urgency: ['high'] } });
      });

      it('is answered by the new look of the card, where the platform can', async () => {
        if (!subject.workspace.capabilities.answersCard) return;
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

      it('is heard as opening the chat', async () => {
        await subject.opensChat(subject.cast.ann);
        expect(lastHeard()).toMatchObject({ account: subject.cast.ann.toLowerCase(), what: { type: 'enter' } });
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
