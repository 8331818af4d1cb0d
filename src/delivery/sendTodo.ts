/**
 * A task in its person's list of to-dos on the platform: begun while it is open, ended as it ends. Kept as a card of a
 * role of its own, `message_id` being the platform's name of it; `frozen` once it was ended.
 */
import { beginCard, markSent, markShown, setCardState } from '../ticket/cards.ts';
import { cardRole, outboxPart, TodoPayload, todoRole, todoRow } from '../ticket/outboxRow.ts';
import type { Rendered, Renderer } from '../ticket/render.ts';
import type { CardRow } from '../store/entity/traffic.ts';
import type { Sent, TodoList } from '../workspace/port.ts';
import { begin } from './again.ts';
import { isAt, placeCard, type Placed } from './cardPlace.ts';
import type { Claimed, Try } from './queue.ts';
import { attempt, failed, receiversOf, type Receiver, type Sender, type SenderParts } from './sender.ts';
import { stands } from './todoDue.ts';

interface Job {
  readonly row: Claimed;
  readonly merged: readonly number[];
  readonly ticketId: number;
  readonly personId: number;
  readonly task: number;
  readonly view: Rendered;
  readonly receiver: Receiver;
  readonly todos: TodoList;
}

export function makeTodoSender(parts: SenderParts, renderer: Renderer): Sender {
  return async (row) => {
    const { queue, db } = parts;
    const merged = await queue.sameCard(row);
    const drop = async () => void (await queue.settle(row, 'dropped', [], merged));
    const { personId, task } = TodoPayload.parse(JSON.parse(row.payload ?? '{}'));
    const { ticket_id: ticketId } = row;
    const view = ticketId === null ? null : await renderer.ticketCard(ticketId, personId, task);
    if (!view || ticketId === null) return drop();
    const receivers = receiversOf(parts, personId);
    const about = { ticketId, draftId: null, role: cardRole(task) };
    const placed = await db.read((reader) => placeCard(reader, about, receivers, todoRole(task)));
    const receiver = placed && whereTodo(placed, receivers);
    const todos = receiver?.workspace.todos;
    if (!placed || !receiver || !todos) return drop();
    const job = { row, merged, ticketId, personId, task, view, receiver, todos };
    if (view.duty !== 'open') return end(parts, job, placed);
    const known = placed.todo?.state === 'live' ? placed.todo : null;
    if (known?.message_id) return void (await queue.settle(row, 'merged', [], merged));
    return create(parts, renderer, job, known ?? (await beginTodo(parts, job, placed)));
  };
}

/** Where it stands already, else beside the card. */
function whereTodo(placed: Placed, receivers: readonly Receiver[]): Receiver | undefined {
  const { todo } = placed;
  return todo && stands(placed) ? receivers.find((one) => isAt(one, todo)) : placed.receiver;
}

function beginTodo(
  { db }: SenderParts,
  { ticketId, task, view, receiver }: Job,
  { todoGen }: Placed,
): Promise<CardRow> {
  const { workspace, to } = receiver;
  const place = { ticketId, draftId: null, workspace: workspace.id, receiver: to, role: todoRole(task) };
  return beginCard(db, place, todoGen, view.version);
}

async function create(parts: SenderParts, renderer: Renderer, job: Job, todo: CardRow): Promise<void> {
  const { queue, db, clock } = parts;
  const { ticketId, personId, task, view, receiver, todos } = job;
  const key = { platformKey: todo.platform_key ?? '', account: receiver.to };
  const tries: Try[] = [];
  const call = async (name: string, run: () => Promise<Sent>): Promise<Sent> => {
    const { sent, tried } = await attempt(clock, name, run);
    tries.push(tried);
    return sent;
  };
  const begun = await begin(queue, job.row, receiver.workspace.capabilities.again.todo, () =>
    call('todo.find', () => todos.find(key)),
  );
  if (!begun) return;
  const { row, found } = begun;
  const { card, dueAt } = view;
  const more = { subject: `${card.title}（${card.subtitle}）`, url: card.url, dueAt };
  // Asked for and not there: it is safe to make it.
  const made = found && found.result !== 'dead' ? found : await call('todo.create', () => todos.create({ ...key, ...more })); // prettier-ignore
  if (made.result !== 'sent' && made.result !== 'arrived') return inDoubt(parts, row, made, tries, found);
  await db.write(async (tx) => {
    await markShown(tx, todo, view.version, 'api');
    if (made.result === 'sent' && made.platformId !== null) await markSent(tx, todo.id, made.platformId);
  });
  // It may have ended while this was under way, when nobody could know of a to-do yet.
  const after = await renderer.ticketCard(ticketId, personId, task);
  const ending = after?.duty === 'open' ? [] : [outboxPart([todoRow(ticketId, personId, task, clock())])];
  await queue.settle(row, 'sent', tries, ending.length > 0 ? [] : job.merged, ending);
}

/** What could not be asked about stays in doubt. */
async function inDoubt(
  { queue }: SenderParts,
  row: Claimed,
  sent: Exclude<Sent, { result: 'sent' }>,
  tries: readonly Try[],
  asked: Sent | null,
): Promise<void> {
  if (asked && asked === sent && sent.result === 'later')
    return void (await queue.later(row, `${sent.platformCode}: ${sent.reason}`, tries, sent.waitMs, 'sending'));
  await failed(queue, row, sent, tries);
}

async function end(parts: SenderParts, job: Job, { todo }: Placed): Promise<void> {
  const { queue, db, clock } = parts;
  const { row, merged, view, receiver, todos } = job;
  if (!todo || todo.state !== 'live') return void (await queue.settle(row, todo ? 'merged' : 'dropped', [], merged));
  const account = receiver.to;
  const tries: Try[] = [];
  let platformId = todo.message_id;
  if (platformId === null) {
    // Begun, and nobody knows whether it was made.
    const key = { platformKey: todo.platform_key ?? '', account };
    const { sent, tried } = await attempt(clock, 'todo.find', () => todos.find(key));
    tries.push(tried);
    if (sent.result !== 'sent' && sent.result !== 'dead') return void (await failed(queue, row, sent, tries));
    platformId = sent.result === 'sent' ? sent.platformId : null;
  }
  if (platformId !== null) {
    const todoAt = { account, platformId };
    const how = view.duty === 'done' ? ('done' as const) : ('removed' as const);
    const { sent, tried } = await attempt(clock, `todo.${how}`, () => todos.end(todoAt, how));
    tries.push(tried);
    // Ending it twice changes nothing, so it is simply tried again.
    if (sent.result !== 'sent' && sent.result !== 'arrived')
      return void (await failed(queue, { ...row, resend: 'resend' }, sent, tries));
  }
  await setCardState(db, todo.id, 'frozen');
  await queue.settle(row, platformId === null ? 'dropped' : 'sent', tries, merged);
}
