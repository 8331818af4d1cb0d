/** Where a rule finds nobody the flow admin stands in, and is told so. */
import { emit, tell, type Run } from './run.ts';
import type { Place } from './template.ts';

export function standIn(run: Run, node: Place, name: string, rule: string, people: readonly number[]): void {
  emit(run, 'people.missing', { node, rule }, null);
  const words = {
    zh: `「${name}」按规则（${rule}）找不到人，已转给您代办：请办理或转交，并检查流程和通讯录。`,
    en: `Nobody fits the rule (${rule}) of “${name}”: it is now yours. Act or transfer it, then check the template and the directory.`,
  };
  tell(run, people, { kind: 'alarm', words });
}
