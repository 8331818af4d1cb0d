/** Cards whose answers are lost, as a crash loses them: what the reader sees in the end is the present state. */
import { beforeEach, expect, it } from '@jest/globals';
import type { Card } from '../../src/card/card.ts';
import { LEASE_MS, makeQueue, type Queue } from '../../src/delivery/queue.ts';
import { makeCardSender, makeDraftSender } from '../../src/delivery/sendCard.ts';
import type { SenderParts } from '../../src/delivery/sender.ts';
import type { CardRow, OutboxRow } from '../../src/store/entity/traffic.ts';
import { markShown, noteClicked } from '../../src/ticket/cards.ts';
import { beginDraft } from '../../src/ticket/drafts.ts';
import { draftRow, outboxPart } from '../../src/ticket/outboxRow.ts';
import { makeRenderer, type Renderer } from '../../src/ticket/render.ts';
import type { CardUpdate, Outgoing, Sent, Workspace } from '../../src/workspace/port.ts';
import { BY_CODE } from '../support/capabilities.ts';
import { eachDatabase } from '../support/database.ts';
import { aLog } from '../support/log.ts';
import { anOffice, aRepair, type Office } from '../support/office.ts';

const CAPABILITIES = { ...BY_CODE, perPersonPerMinute: 1000 };
const NEVER = Number.MAX_SAFE_INTEGER;

/** A platform as WeCom is: a key is taken once, a code changes a card once. It may do what it is asked and not say so. */
function aPlatform() {
  const shown = new Map<string, Card>();
  const codes = new Map<string, string>();
  let silent = false;
  const late: (() => void)[] = [];
  const answer = (sent: Sent): Promise<Sent> =>
    silent ? new Promise((resolve) => late.push(() => resolve(sent))) : Promise.resolve(sent);
  const gone = { platformCode: '60140', reason: 'used' };
  return {
    shown,
    codes,
    /** Answers are lost, as with the process that waited for them. */
    loseAnswers: (lose: boolean) => void (silent = lose),
    /** What seemed lost was only slow. */
    answerLate: () => late.splice(0).forEach((say) => say()),
    send(message: Outgoing): Promise<Sent> {
      if (message.kind !== 'card') throw new Error('cards only');
      const { platformKey, card } = message;
      if (shown.has(platformKey)) return answer({ result: 'arrived', platformCode: '42014', reason: 'known' });
      shown.set(platformKey, card);
      codes.set(`sent-${platformKey}`, platformKey);
      return answer({
        result: 'sent',
        platformId: `m-${platformKey}`,
        code: { code: `sent-${platformKey}`, until: NEVER },
      });
    },
    update({ code, card }: CardUpdate): Promise<Sent> {
      const key = codes.get(code ?? '');
      if (key === undefined) return answer({ result: 'code_gone', ...gone });
      codes.delete(code ?? '');
      shown.set(key, card);
      return answer({ result: 'sent', platformId: null, code: null });
    },
  };
}

eachDatabase('cards whose answers are lost', (open) => {
  let office: Office;
  let queue: Queue;
  let renderer: Renderer;
  let platform: ReturnType<typeof aPlatform>;
  let parts: SenderParts;
  beforeEach(async () => {
    office = await anOffice(open);
    const { db, clock, cache, log, people, templates } = office;
    platform = aPlatform();
    queue = makeQueue({ db, clock, random: () => 0, log: aLog() });
    const directory = people.current;
    renderer = makeRenderer({ db, templates, directory, clock, offsetMinutes: 480, publicUrl: 'http://paidan.test' });
    const { send, update } = platform;
    const workspace = { id: 'sandbox', capabilities: CAPABILITIES, send, update } as unknown as Workspace;
    parts = {
      db,
      queue,
      cache,
      clock,
      log,
      directory,
      workspaces: new Map([['sandbox', workspace]]),
      thrifty: () => false,
    };
  });

  const deliver = async (row: OutboxRow): Promise<void> => {
    if (row.kind === 'card') await makeCardSender(parts, renderer)(row);
    else if (row.kind === 'draft') await makeDraftSender(parts, renderer)(row);
    else await queue.settle(row, 'dropped', []);
  };
  /** Until nothing is due. */
  const settled = async (): Promise<void> => {
    for (let rows = await queue.claim(20); rows.length > 0; rows = await queue.claim(20))
      for (const row of rows) await deliver(row);
  };
  /** What is due now is done, and the process dies before it hears so; its leases run out. */
  const diesWhileSending = async (): Promise<void> => {
    platform.loseAnswers(true);
    for (const row of await queue.claim(20)) void deliver(row);
    await new Promise((resolve) => setTimeout(resolve, 300));
    platform.loseAnswers(false);
    office.pass(LEASE_MS + 1);
  };
  const cardOf = async (role: string): Promise<CardRow> => {
    const found = await office.db.read((r) => r.one<CardRow>('SELECT * FROM card WHERE role = ?', [role]));
    if (!found) throw new Error(`No card for ${role}`);
    return found;
  };
  const clicked = async (card: CardRow, code: string): Promise<void> => {
    platform.codes.set(code, card.platform_key ?? '');
    const kept = { cardId: card.id, workspace: 'sandbox', code, until: NEVER, origin: 'click' as const, spent: false };
    await office.db.write((tx) => noteClicked(tx, card, kept, office.clock()));
  };
  const emphasisOf = ({ platform_key: key }: CardRow) => platform.shown.get(key ?? '')?.emphasis;

  it('an update that arrived with an older state is followed by one with the present state', async () => {
    const { ticketId } = await office.file('wangxiao', aRepair);
    await settled();
    const card = await cardOf('requester');
    await clicked(card, 'a click');
    const by = (await office.ticket(ticketId)).assigneeId ?? -1;
    const [task] = (await office.ticket(ticketId)).tasks;
    await office.act(ticketId, { type: 'accept', by, task: task?.n ?? 0, taskVersion: task?.version ?? 0 });
    await diesWhileSending();
    expect(emphasisOf(card)).toBe('处理中');
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    await settled();
    expect(emphasisOf(card)).toBe('已撤回');
  });

  it('a card that arrived with an older state counts as showing that, and a click’s code brings it up to date', async () => {
    const { ticketId } = await office.file('wangxiao', aRepair);
    await diesWhileSending();
    const card = await cardOf('requester');
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    await clicked(card, 'a click');
    await settled();
    expect(emphasisOf(card)).toBe('已撤回');
  });

  it('a task’s card that arrived unheard of, and was clicked, is changed when the task is over', async () => {
    const { ticketId } = await office.file('wangxiao', aRepair);
    await diesWhileSending();
    const card = await cardOf(`task:${(await office.ticket(ticketId)).tasks[0]?.n ?? 0}`);
    expect(platform.shown.get(card.platform_key ?? '')?.over).toBeNull();
    await clicked(card, 'a click that asked for words');
    await office.act(ticketId, { type: 'withdraw', by: office.id('wangxiao'), comment: '好了' });
    await settled();
    expect(platform.shown.get(card.platform_key ?? '')?.over).toBeTruthy();
  });

  it('a draft’s card that became its ticket’s while it was being sent still follows the ticket', async () => {
    const { db, clock, templates } = office;
    const template = templates.current().get('it-repair');
    if (!template) throw new Error('no template');
    const personId = office.id('wangxiao');
    await db.write(async (tx) => {
      const draft = await beginDraft(
        tx,
        { personId, workspace: 'sandbox', chat: 'wangxiao' },
        template,
        aRepair,
        clock(),
      );
      await tx.insertAll([outboxPart([draftRow(draft.id, personId, clock())])]);
    });
    const [row] = await queue.claim(1);
    if (!row) throw new Error('nothing to send');
    platform.loseAnswers(true);
    const sending = deliver(row);
    await new Promise((resolve) => setTimeout(resolve, 300));
    platform.loseAnswers(false);
    // Its reader sees it, and submits before its sender knows that it arrived.
    const { ticketId, version } = await office.file('wangxiao', aRepair);
    const card = await cardOf('draft');
    await db.write(async (tx) => {
      await tx.run("UPDATE card SET ticket_id = ?, draft_id = NULL, role = 'requester', shown_version = NULL", [
        ticketId,
      ]);
      await markShown(tx, { id: card.id, role: 'requester' }, version, 'answer');
      await tx.run('UPDATE draft SET open_key = NULL, filed_as = ?', [ticketId]);
    });
    await clicked(card, 'the click that submitted');
    platform.answerLate();
    await sending;
    await office.act(ticketId, { type: 'withdraw', by: personId, comment: '好了' });
    await settled();
    expect(emphasisOf(card)).toBe('已撤回');
  });
});
