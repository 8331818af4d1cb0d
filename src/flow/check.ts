/**
 * Judges a template's text: everything that could strand a ticket is found here, with line, column and the fix.
 * To add a finding: a line in `findingTable.ts`, one small file in `check/`, and its name in CHECKS.
 */
import { checkApprovals } from './check/approvals.ts';
import type { CardLimits } from './cardLimits.ts';
import { checkButtons } from './check/buttons.ts';
import { checkCards } from './check/cards.ts';
import { checkCalendar } from './check/calendar.ts';
import { checkCases } from './check/cases.ts';
import { checkCalls } from './check/call.ts';
import type { Check, CheckContext, OtherTemplates } from './check/context.ts';
import { checkFields } from './check/fields.ts';
import { checkFormulas } from './check/formulas.ts';
import { checkHidden } from './check/hidden.ts';
import { checkIds } from './check/ids.ts';
import { checkLater } from './check/later.ts';
import { checkNobody } from './check/nobody.ts';
import { checkNotYet } from './check/notYet.ts';
import { checkNumbering } from './check/numbering.ts';
import { checkPeople } from './check/people.ts';
import { checkPicks } from './check/picks.ts';
import { checkReach } from './check/reach.ts';
import { checkReads } from './check/reads.ts';
import { checkTargets } from './check/targets.ts';
import { checkFilled } from './check/filled.ts';
import { checkLevels } from './check/levels.ts';
import { checkLoops } from './check/loops.ts';
import { checkNoEffect } from './check/noEffect.ts';
import { checkParallel } from './check/parallel.ts';
import { checkRules } from './check/rules.ts';
import { checkParents, checkSubflows } from './check/subflow.ts';
import { checkTimeouts } from './check/timeouts.ts';
import { checkWait } from './check/wait.ts';
import type { Report } from './compile/build.ts';
import { compileWith, makeBuild } from './compile.ts';
import type { Directory } from './directory.ts';
import type { Finding } from './finding.ts';
import { type PlacedNode, placeNodes } from './order.ts';
import { finding, inOrder, parseTemplate, type TemplateSource } from './parse.ts';
import type { TemplateSpec } from './spec/template.ts';
import type { Template } from './template.ts';
import { halfWidth } from './yaml/fullWidth.ts';

/** In this order: those that compile come before those that look at what was compiled. */
const CHECKS: readonly Check[] = [
  ...[checkLater, checkIds, checkFields, checkNumbering, checkNotYet, checkReach, checkTargets],
  ...[checkReads, checkFormulas, checkApprovals, checkCases, checkPicks, checkPeople, checkNobody],
  ...[checkParallel, checkLoops, checkTimeouts, checkWait, checkCalls, checkSubflows, checkParents, checkHidden],
  ...[checkNoEffect, checkFilled, checkRules, checkLevels, checkCards, checkButtons, checkCalendar],
];

export interface Checked {
  readonly findings: readonly Finding[];
  /** null when a finding is an error. */
  readonly template: Template | null;
  /** For `compileTemplate` with the version that is published; null when a finding is an error. */
  readonly spec: TemplateSpec | null;
}

/** What the template lives among. */
export interface Around {
  /** The other templates, by key; without them, nothing is said about sub-flows' templates. */
  readonly templates?: OtherTemplates | null;
  /** False: there may be others, so that one which is missing is only a warning. */
  readonly allTemplates?: boolean;
  /** What the platforms' cards have room for; without it, nothing is said about cards. */
  readonly cards?: readonly CardLimits[];
  /** Epoch ms; without it, nothing is said about what time brings. */
  readonly now?: number | null;
}

/** @param directory without it, nothing is said about people @param version of the template that is returned */
export function checkTemplate(
  text: string,
  directory: Directory | null = null,
  version = 0,
  { templates = null, allTemplates = true, cards = [], now = null }: Around = {},
): Checked {
  const { spec, findings: found, source } = parseTemplate(text);
  if (!spec) return { findings: found, template: null, spec: null };
  const findings: Finding[] = [...found];
  const report = makeReport(source, findings);
  const build = makeBuild(spec, report);
  const placed = placeNodes(spec.flow);
  const template = compileWith(build, placed, version);
  const context: CheckContext = {
    spec,
    placed,
    byId: firstById(placed),
    build,
    template,
    report,
    directory,
    templates,
    allTemplates,
    cards,
    now,
  };
  for (const check of CHECKS) check(context);
  const faulty = findings.some(({ severity }) => severity === 'error');
  return { findings: inOrder(findings), template: faulty ? null : template, spec: faulty ? null : spec };
}

/** Expressions that YAML cut are explained as such, whatever they look like after the cut. */
const CUT = new Set(['expression_syntax', 'full_width_punctuation']);

function makeReport(source: TemplateSource, findings: Finding[]): Report {
  return (code, path, facts = {}, { offset, fix, atKey = false } = {}) => {
    const place = atKey ? source.keyAt(path) : offset === undefined ? source.at(path) : source.inside(path, offset);
    const cut = CUT.has(code) ? source.explain(path) : null;
    const whole = fix !== undefined && code === 'full_width_punctuation' ? lineWith(source.lineAt(path), fix) : fix;
    findings.push(cut ?? { ...finding(code, facts, place), ...(whole === undefined ? {} : { fix: whole }) });
  };
}

/** The line with the expression of half-width marks instead of its own; each mark is as wide as the other. */
function lineWith(line: string, expression: string): string {
  for (let at = 0; at + expression.length <= line.length; at += 1) {
    const end = at + expression.length;
    if (halfWidth(line.slice(at, end)) === expression) return line.slice(0, at) + expression + line.slice(end);
  }
  return expression;
}

function firstById(placed: readonly PlacedNode[]): Map<string, PlacedNode> {
  const byId = new Map<string, PlacedNode>();
  for (const node of placed) if (!byId.has(node.spec.id)) byId.set(node.spec.id, node);
  return byId;
}
