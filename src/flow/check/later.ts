/** What a later version runs, checked now: timeouts, service levels, rules and surveys. */
import { compileForm } from '../compile/field.ts';
import { compileSelector } from '../compile/people.ts';
import { type Build, compileRaw, compileTest, compileText, type Place } from '../compile/build.ts';
import { choicesOf } from '../compile/value.ts';
import { nearest } from '../nearest.ts';
import type { Path } from '../order.ts';
import type { RuleSpec } from '../spec/template.ts';
import { STATUS_NAMES, statusOf } from '../statusName.ts';
import { type Check, type CheckContext, selectorsIn } from './context.ts';

const ANYTIME: Place = { kind: 'anytime' };

export const checkLater: Check = (context) => {
  const { spec, build } = context;
  checkSla(context);
  spec.rules?.forEach((rule, i) => checkRule(context, rule, ['rules', i]));
  for (const [id, { form }] of Object.entries(spec.survey ?? {}))
    compileForm(build, id, form, ['survey', id, 'form'], ANYTIME);
  // People of nodes were compiled with their nodes; these have no node.
  for (const { selector, path, node, onEntry } of selectorsIn(context)) {
    if (path[0] === 'rules' || path[0] === 'survey') compileSelector(build, selector, path, ANYTIME);
    else if (node && !onEntry) compileSelector(build, selector, path, { kind: 'telling', node: node.spec.id });
  }
};

function checkSla({ spec, build, report }: CheckContext): void {
  const { sla } = spec;
  if (!sla) return;
  if (sla.by !== undefined) compileRaw(build, ['sla', 'by'], sla.by, 'text', ANYTIME);
  const [, field] = /^\s*form\.(\w+)\s*$/.exec(sla.by ?? '') ?? [];
  const by = spec.form.find((one) => one.id === field);
  const choices = by ? choicesOf(by) : null;
  for (const key of ['first_response', 'resolution'] as const) {
    const targets = sla[key];
    if (targets === undefined || typeof targets === 'string') continue;
    if (sla.by === undefined) report('missing_key', ['sla'], { key: 'by' }, { atKey: true });
    for (const name of Object.keys(targets)) {
      if (!by || !choices || choices.includes(name)) continue;
      const near = nearest(name, choices);
      const facts = { field: by.label, value: name, allowed: choices.join(' ') };
      report('unknown_option', ['sla', key, name], facts, { atKey: true, ...(near ? { fix: near } : {}) });
    }
  }
}

function checkRule(context: CheckContext, rule: RuleSpec, path: Path): void {
  const { build, report } = context;
  if ((rule.on === undefined) === (rule.when === undefined))
    report('on_or_when', [...path, 'name'], {}, { atKey: true });
  if (rule.when) {
    if (statusOf(rule.when.status) === null) {
      const allowed = Object.values(STATUS_NAMES).join(' ');
      report('unknown_status', [...path, 'when', 'status'], { value: rule.when.status, allowed });
    }
    if ((rule.when.for === undefined) === (rule.when.since_filed === undefined)) {
      report('one_action', [...path, 'when'], { keys: 'for since_filed' }, { atKey: true });
    }
  }
  compileTest(build, [...path, 'if'], rule.if, ANYTIME);
  rule.do.forEach((action, i) => checkAction(context, action, [...path, 'do', i]));
}

function checkAction({ spec, build, report }: CheckContext, action: RuleSpec['do'][number], path: Path): void {
  const keys = Object.keys(action);
  if (keys.length !== 1)
    report('one_action', path, {
      keys: 'remind message card email todo assign escalate set urgency call survey file_ticket post',
    });
  for (const key of ['remind', 'message', 'email', 'todo', 'escalate', 'post'] as const) {
    const telling = action[key];
    if (telling) compileText(build, [...path, key, 'text'], telling.text, ANYTIME);
  }
  if (action.email) compileText(build, [...path, 'email', 'subject'], action.email.subject, ANYTIME);
  if (action.survey !== undefined && !Object.hasOwn(spec.survey ?? {}, action.survey)) {
    const near = nearest(action.survey, Object.keys(spec.survey ?? {}));
    report('wrong_survey', [...path, 'survey'], { name: action.survey }, near ? { fix: near } : {});
  }
  compileGiven(build, action.set, [...path, 'set']);
  for (const name of Object.keys(action.set ?? {})) {
    if (spec.form.some((field) => field.id === name)) continue;
    report('unknown_field', [...path, 'set', name], { of: 'form', name }, { atKey: true });
  }
}

function compileGiven(build: Build, given: Readonly<Record<string, string>> | undefined, path: Path): void {
  for (const [key, value] of Object.entries(given ?? {})) {
    if (value.startsWith('=')) compileRaw(build, [...path, key], value, 'any', ANYTIME);
  }
}
