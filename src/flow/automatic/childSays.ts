/** What becomes of the ticket that a `subflow` node asked for: its end brings values back. */
import { refuse } from '../../lib/refusal.ts';
import type { Values } from '../../form/field.ts';
import type { SystemCommand } from '../command.ts';
import { cancelChild } from '../close.ts';
import { onward } from '../enter.ts';
import { emit, nodeOf, scopeWith, tell, type Halt, type Run } from '../run.ts';
import { admins } from '../appoint.ts';
import type { PersonId } from '../directory.ts';
import { distinct } from '../resolve.ts';
import type { SubflowNode } from '../template.ts';
import { type Child, isOpen, type Outcome, type Status, type Token, whoHas } from '../ticket.ts';
import { enterRefused } from '../wayBack.ts';
import { askForRescue } from './rescue.ts';

type ChildCommand = Extract<SystemCommand, { type: `child_${string}` }>;

export function childSays(run: Run, command: ChildCommand): Halt {
  const child = run.ticket.children.find(({ key }) => key === command.key);
  if (!child || child.outcome !== null) return refuse('not_now', { act: command.type });
  switch (command.type) {
    case 'child_filed': {
      if (child.ticketId !== null) return refuse('not_now', { act: command.type });
      const { ticketId, number } = command;
      emit(run, 'child.filed', { key: child.key, ticketId, number }, null);
      if (child.left) cancelChild(run, { ...child, ticketId });
      return null;
    }
    case 'child_failed':
      return childFailed(run, child, command.reason);
    case 'child_over':
      return childOver(run, child, command);
  }
}

function childFailed(run: Run, child: Child, reason: string): Halt {
  const node = nodeOf(run.template, child.node);
  const token = child.blocking ? tokenOfChild(run, child) : undefined;
  emit(run, 'child.failed', { key: child.key }, { reason });
  if (token) {
    const words = {
      zh: `「${node.name}」的子工单没有建成：${reason}。请查明原因后重试，或跳过这一步`,
      en: `The sub-ticket of “${node.name}” could not be filed: ${reason}. Find out why and try again, or skip this step`,
    };
    return askForRescue(run, node, token, { kind: 'alarm', words });
  }
  const holders = node.kind === 'subflow' ? [] : whoHasAt(run, child);
  const words = {
    zh: `「${node.name}」的子工单没有建成：${reason}。流程没有等它；需要的话请手工补建`,
    en: `The sub-ticket of “${node.name}” could not be filed: ${reason}. The flow did not wait for it: file it by hand if it is needed`,
  };
  tell(run, holders.length > 0 ? holders : admins(run), { kind: 'alarm', words });
  return null;
}

function childOver(
  run: Run,
  child: Child,
  { status, outcome, values }: Extract<ChildCommand, { type: 'child_over' }>,
): Halt {
  const node = nodeOf(run.template, child.node);
  // Split off by a person: its end is told, and brings nothing back.
  if (node.kind !== 'subflow') return splitOver(run, child, { status, outcome });
  const token = child.blocking ? tokenOfChild(run, child) : undefined;
  const isUndone = UNDONE.includes(outcome);
  const isDone = status === 'closed' && !isUndone;
  emit(run, 'child.over', { key: child.key, status, outcome }, { values: isDone ? taken(run, node, values) : {} });
  if (!token) return null;
  const number = child.number ?? '';
  if (isUndone) return askForRescue(run, node, token, { kind: 'child_undone', node: node.name, number, outcome });
  return isDone ? onward(run, token) : enterRefused(run, node.onRefuse, token, `${child.number ?? node.name}`);
}

/** Closed, but what was asked for is not there: it goes on elsewhere, or does not. Neither done nor refused. */
const UNDONE: readonly Outcome[] = ['merged', 'duplicate', 'no_reply', 'forced'];

function splitOver(run: Run, { key, number, ...child }: Child, end: { status: Status; outcome: Outcome }): null {
  emit(run, 'child.over', { key, ...end }, { values: {} });
  tell(run, whoHasAt(run, child), { kind: 'child_over', number: number ?? '', outcome: end.outcome });
  return null;
}

/** Who works where it was split off. */
const whoHasAt = ({ ticket }: Run, { node, visit }: Pick<Child, 'node' | 'visit'>): readonly PersonId[] =>
  distinct(ticket.tasks.filter((task) => isOpen(task) && task.node === node && task.visit === visit).flatMap(whoHas));

function taken(run: Run, node: SubflowNode, child: Readonly<Record<string, Values>>): Values {
  const scope = scopeWith(run, { child });
  return Object.fromEntries(Object.entries(node.take).map(([name, of]) => [name, of(scope)]));
}

const tokenOfChild = (run: Run, child: Child): Token | undefined =>
  run.ticket.tokens.find(({ node, visit }) => node === child.node && visit === child.visit);
