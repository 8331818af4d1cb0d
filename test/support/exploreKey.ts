/**
 * What tells two states of an explored ticket apart: all that its future depends on, and nothing else. How often and when
 * something happened is left out, and what no later step asks for.
 */
import { isOver, isVote, rootOf, type Task, type Ticket } from '../../src/flow/ticket.ts';
import { lastHeld } from '../../src/flow/status.ts';
import type { ApproveNode, Selector, Template } from '../../src/flow/template.ts';

/** What of its history a template may ask for. */
export interface Memory {
  /** Nodes whose last holder matters. */
  readonly holders: readonly string[];
  /** Fields that some condition reads: `form.urgent`, `n2.ok`. */
  readonly read: readonly string[];
  /** Whether who has agreed is asked again. */
  readonly spares: boolean;
  readonly template: Template;
}

/** @param text  of the template: what it never names, nothing of it can read */
export function memoryOf(template: Template, text: string): Memory {
  const nodes = Object.values(template.nodes);
  const isAsked = (id: string): boolean => nodes.some((node) => 'people' in node && asksFor(node.people, id));
  return {
    template,
    holders: nodes
      .filter((node) => (node.kind === 'handle' && node.onReturn === 'same') || isAsked(node.id))
      .map(({ id }) => id),
    read: [...new Set([...(text.match(/\b(?:form|n\d+)\.\w+/g) ?? []), ...(text.includes('"field"') ? ['form.who'] : [])])], // prettier-ignore
    spares: nodes.some((node): node is ApproveNode => node.kind === 'approve' && node.dedupe !== 'none'),
  };
}

function asksFor(selector: Selector, node: string): boolean {
  switch (selector.kind) {
    case 'handler_of':
      return selector.node === node;
    case 'together':
      return selector.all.some((one) => asksFor(one, node));
    case 'first':
      return selector.cases.some(({ of }) => asksFor(of, node));
    default:
      return false;
  }
}

const sorted = (some: readonly unknown[]): string[] => [...new Set(some.map((one) => JSON.stringify(one)))].sort();

export function keyOf(ticket: Ticket, memory: Memory): string {
  const { status, outcome, tokens, regions, tasks, timers, calls, children, paused } = ticket;
  if (isOver(status)) return `${status} ${outcome}`;
  const nodes = new Map(regions.map((region) => [region.id, region.node]));
  const isNow = (one: { node: string; visit: number }) =>
    tokens.some(({ node, visit }) => node === one.node && visit === one.visit);
  const isWaiting = children.filter(({ outcome: end }) => end === null);
  return JSON.stringify([
    tokens.map(({ node, regions: around, back }) => JSON.stringify([node, around.map((one) => nodes.get(one)), back])).sort(), // prettier-ignore
    regions.map(({ node, arrived, refused, need }) => JSON.stringify([node, arrived, refused, need])).sort(),
    tasks.filter(isNow).map((task) => JSON.stringify(taskKey(tasks, task))).sort(), // prettier-ignore
    // Where somebody acted, a return may lead to.
    sorted(tasks.map(({ node }) => node)),
    memory.holders.map((node) => holderKey(ticket, node)),
    memory.spares && agreementsIn(ticket, memory.template),
    timers.map(({ node, kind, rung }) => `${node} ${kind} ${rung}`).sort(),
    sorted(calls.map(({ node }) => node)),
    sorted(isWaiting.map((one) => [one.node, one.blocking && isNow(one), one.ticketId !== null])),
    paused && [paused.reason, paused.node, paused.held.map(({ rung }) => rung)],
    valuesKey(ticket, memory),
  ]);
}

/** Accepting changes what a person is told, and nothing of the flow. */
function taskKey(tasks: readonly Task[], task: Task): unknown {
  const { node, kind, state, ord, assigneeId, people, via } = task;
  const asker = via === null ? null : tasks.find(({ n }) => n === task.parent);
  return [node, kind, state, ord, assigneeId, people.length, via, asker?.assigneeId, rootOf(tasks, task).assigneeId];
}

function holderKey(ticket: Ticket, node: string): unknown {
  const last = lastHeld(ticket, node);
  const beside = ticket.tasks.filter((task) => task.node === node && task.visit === last?.visit);
  return sorted(beside.map(({ assigneeId }) => assigneeId));
}

/** Who has agreed where, and whether anything is news to them; nobody is spared once the ticket went back. */
function agreementsIn({ tasks, content }: Ticket, { nodes }: Template): unknown {
  if (tasks.some(({ visit, kind, state }) => visit > 1 || kind === 'edit' || state === 'done:returned')) return null;
  const writes = ({ node }: Task): boolean => {
    const at = nodes[node];
    return at !== undefined && (at.form.length > 0 || Object.keys(at.fields).length > 0);
  };
  const isNews = ({ n, endedBy, doneAt }: Task): boolean => {
    const isLater = (at: number | null) => (at ?? 0) >= (doneAt ?? 0);
    if (content && isLater(content.at) && content.by !== endedBy) return true;
    return tasks.some(
      (task) => task.n !== n && isVote(task) && isLater(task.doneAt) && task.endedBy !== endedBy && writes(task),
    );
  };
  const agreed = tasks.filter((task) => task.kind === 'approve' && task.state === 'done:agree' && isVote(task));
  return [tasks.at(-1)?.node, sorted(agreed.map((task) => [task.node, task.endedBy, isNews(task)]))];
}

const valuesKey = ({ values }: Ticket, { read }: Memory): unknown =>
  read.map((name) => {
    const [of = '', field = ''] = name.split('.');
    return values[of]?.[field] ?? null;
  });
