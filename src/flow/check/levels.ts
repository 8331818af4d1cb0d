/** Service levels: that every ticket has a target, that targets fit each other, and that what guards them comes in time. */
import { type Duration, durationOf, surelyShorter } from '../../worktime/duration.ts';
import { choicesOf } from '../compile/value.ts';
import type { Check, CheckContext } from './context.ts';
import { usualMs } from './timeouts.ts';

const METRICS = ['first_response', 'resolution'] as const;
type Metric = (typeof METRICS)[number];

export const checkLevels: Check = (context) => {
  const { sla } = context.spec;
  if (!sla) return;
  if (METRICS.every((metric) => sla[metric] === undefined))
    context.report('sla_without_target', ['sla'], {}, { atKey: true });
  if (sla.calendar === undefined) context.report('sla_without_calendar', ['sla'], {}, { atKey: true });
  checkWarnings(context);
  for (const metric of METRICS) checkGaps(context, metric);
  checkEachOther(context);
  checkGuards(context);
};

function checkWarnings({ spec, report }: CheckContext): void {
  const given = spec.sla?.warn_at;
  const isOut = (text: string) => Number.parseInt(text, 10) < 1 || Number.parseInt(text, 10) > 100;
  const path = ['sla', 'warn_at'];
  if (typeof given === 'string' && isOut(given)) report('out_of_range', path, { limit: '1%–100%' });
  if (Array.isArray(given))
    given.forEach((one, i) => isOut(one) && report('out_of_range', [...path, i], { limit: '1%–100%' }));
}

/** A choice without a target of its own is measured by nothing. */
function checkGaps({ spec, report }: CheckContext, metric: Metric): void {
  const targets = spec.sla?.[metric];
  const [, id] = /^\s*form\.(\w+)\s*$/.exec(spec.sla?.by ?? '') ?? [];
  const field = spec.form.find((one) => one.id === id);
  if (targets === undefined || typeof targets === 'string' || !field) return;
  const choices = choicesOf(field) ?? [];
  const missing = choices.filter((choice) => !Object.hasOwn(targets, choice));
  // A misspelt choice is told as such, and is what is missing.
  const isMisspelt = Object.keys(targets).some((name) => !choices.includes(name));
  if (missing.length > 0 && !isMisspelt)
    report('target_missing', ['sla', metric], { field: field.label, value: missing.join('、') }, { atKey: true });
}

/** The length of a target, by the choice that it is for; '' where it is for all. */
function targetsOf({ spec }: CheckContext, metric: Metric): Map<string, Duration> {
  const given = spec.sla?.[metric];
  const pairs = typeof given === 'string' ? [['', given] as const] : Object.entries(given ?? {});
  return new Map(
    pairs.flatMap(([name, text]) => {
      const length = durationOf(text);
      return length ? [[name, length]] : [];
    }),
  );
}

function checkEachOther(context: CheckContext): void {
  const resolutions = targetsOf(context, 'resolution');
  for (const [name, response] of targetsOf(context, 'first_response')) {
    const resolution = resolutions.get(name) ?? resolutions.get('');
    if (!resolution || !surelyShorter(resolution, response)) continue;
    context.report('response_after_resolution', ['sla', 'first_response', ...(name === '' ? [] : [name])]);
  }
}

/** What should keep a target comes too late when it comes after the longest of them. */
function checkGuards(context: CheckContext): void {
  const { placed, report, spec } = context;
  const longest = (metric: Metric): Duration | undefined =>
    [...targetsOf(context, metric).values()].sort((a, b) => usualMs(b) - usualMs(a))[0];
  const [response, resolution] = [longest('first_response'), longest('resolution')];
  for (const { kind, spec: node, path } of placed) {
    const first = node.timeout?.[0] && durationOf(node.timeout[0].after);
    if (kind === 'handle' && first && resolution && surelyShorter(resolution, first))
      report('timeout_after_target', [...path, 'timeout', 0, 'after']);
  }
  spec.rules?.forEach(({ when }, i) => {
    const since = when?.since_filed === undefined ? null : durationOf(when.since_filed);
    if (when?.status !== '待受理' && when?.status !== 'pending') return;
    if (since && response && surelyShorter(response, since))
      report('rule_after_target', ['rules', i, 'when', 'since_filed']);
  });
}
