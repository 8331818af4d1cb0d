/** A `notify` node: told once, waits for nobody. */
import { resolve } from '../resolve.ts';
import { around, emit, scopeOf, tell, type Run } from '../run.ts';
import type { NotifyNode } from '../template.ts';

export function notify(run: Run, node: NotifyNode): void {
  const to = resolve(node.people, around(run)).people;
  const text = node.text(scopeOf(run));
  emit(run, 'notice.sent', { node: node.id, to }, null);
  tell(run, to, { kind: 'text', text });
}
