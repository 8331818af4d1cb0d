/** Rules: that they can fire, and do not set each other off. */
import { durationOf, surelyShorter } from '../../worktime/duration.ts';
import type { NodeKind } from '../spec/node.ts';
import type { RuleSpec } from '../spec/template.ts';
import { STATUS_NAMES, statusOf } from '../statusName.ts';
import type { Status } from '../ticket.ts';
import type { Check, CheckContext } from './context.ts';
import { statusesOf } from './statuses.ts';

const KIND_OF: Partial<Record<Status, NodeKind>> = { confirming: 'confirm', approving: 'approve' };

export const checkRules: Check = (context) => {
  const rules = context.spec.rules ?? [];
  rules.forEach((rule, i) => {
    checkStatus(context, rule, i);
    checkEvent(context, rule, i);
    checkClosed(context, rule, i);
    checkEndless(context, rule, i);
  });
  checkRing(context, rules);
};

function checkStatus(context: CheckContext, { when }: RuleSpec, i: number): void {
  const status = when && statusOf(when.status);
  if (!status || statusesOf(context).includes(status)) return;
  context.report('status_never', ['rules', i, 'when', 'status'], { value: STATUS_NAMES[status], value_en: status });
}

function checkEvent({ spec, placed, report }: CheckContext, { on }: RuleSpec, i: number): void {
  const never = (why: string, why_en: string) =>
    report('event_never', ['rules', i, 'on'], { event: on ?? '', why, why_en });
  const hasTasks = placed.some(({ kind }) => ['handle', 'approve', 'confirm'].includes(kind));
  if (on?.startsWith('sla.') && !spec.sla?.first_response && !spec.sla?.resolution)
    never('模板没有服务级别目标', 'the template has no service level target');
  if (on === 'survey.answered' && !spec.survey) never('模板没有满意度调查', 'the template has no survey');
  if (on === 'ticket.reopened' && spec.acts?.reopen === 'never') never('工单不能重开', 'tickets cannot be reopened');
  if (on?.startsWith('task.') && !hasTasks) never('流程里没有人办理的节点', 'nobody acts anywhere in this flow');
}

/** A status that a timeout ends earlier, at each of its nodes. */
function checkClosed({ placed, report }: CheckContext, { when }: RuleSpec, i: number): void {
  const kind = when && KIND_OF[statusOf(when.status) ?? 'pending'];
  const wanted = when?.for === undefined ? null : durationOf(when.for);
  if (!kind || !wanted) return;
  const nodes = placed.filter((node) => node.kind === kind);
  const isOver = nodes.every(({ spec }) =>
    spec.timeout?.some((step) => {
      const after = step.close === undefined ? null : durationOf(step.after);
      return after !== null && surelyShorter(after, wanted);
    }),
  );
  if (nodes.length > 0 && isOver) report('rule_after_close', ['rules', i, 'when', 'for']);
}

/** Each new ticket would file the next. */
function checkEndless({ spec, report }: CheckContext, rule: RuleSpec, i: number): void {
  rule.do.forEach(({ file_ticket, set }, j) => {
    const at = ['rules', i, 'do', j];
    if (rule.on === 'ticket.filed' && rule.if === undefined && file_ticket?.template === spec.template)
      report('rule_files_itself', [...at, 'file_ticket', 'template']);
    for (const id of Object.keys(set ?? {})) {
      const field = spec.form.find((one) => one.id === id);
      if (field?.formula !== undefined)
        report('access_computed', [...at, 'set', id], { field: field.label }, { atKey: true });
    }
  });
}

/** What an act of a rule may set off. A rule fires once per ticket unless it repeats, so one alone stops by itself. */
function raises(action: RuleSpec['do'][number]): readonly string[] {
  if (action.set || action.urgency !== undefined) return ['field.changed'];
  return action.assign === undefined ? [] : ['task.transferred', 'task.opened'];
}

function checkRing({ report }: CheckContext, rules: readonly RuleSpec[]): void {
  const follows = rules.map((rule) => {
    const events = rule.do.flatMap(raises);
    return rules.flatMap(({ on }, j) => (on !== undefined && events.includes(on) ? [j] : []));
  });
  const ringFrom = (start: number): number[] | null => {
    const seen = new Set<number>();
    const visit = (at: number, trail: readonly number[]): number[] | null => {
      for (const next of follows[at] ?? []) {
        if (next === start && (trail.length > 1 || isRepeated(rules[start]))) return [...trail];
        if (next === start || seen.has(next)) continue;
        seen.add(next);
        const ring = visit(next, [...trail, next]);
        if (ring) return ring;
      }
      return null;
    };
    return visit(start, [start]);
  };
  for (const start of rules.keys()) {
    const ring = ringFrom(start);
    if (!ring) continue;
    const names = [...ring, start].map((i) => rules[i]?.name ?? '');
    report('rules_loop', ['rules', start, 'name'], { loop: names.join(' → ') });
    return;
  }
}

const isRepeated = (rule: RuleSpec | undefined): boolean => rule?.repeat !== undefined && rule.repeat !== false;
