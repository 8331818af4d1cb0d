/** A `notify` node: told once, waits for nobody. Whoever is told may look at the ticket from then on. */
import { copiesFor } from '../copies.ts';
import { resolve } from '../resolve.ts';
import { around, emit, scopeOf, tell, type Run } from '../run.ts';
import type { NotifyNode } from '../template.ts';

/** Nothing that is wrong with the list of people ever holds the ticket up: who has no room is left out, with a note. */
export function notify(run: Run, node: NotifyNode): void {
  const { to, left } = copiesFor(run.ticket, resolve(node.people, around(run)).people, node.id);
  const text = node.text(scopeOf(run));
  emit(run, 'notice.sent', { node: node.id, to, ...(left.length > 0 ? { left: left.length } : {}) }, null);
  tell(run, to, { kind: 'text', text });
}
