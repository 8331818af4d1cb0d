/** Sub-flows: that the other template exists, gets what it needs, gives what is taken, and does not file this one again. */
import type { Report } from '../compile/build.ts';
import { findingWords, nearly } from '../findingTable.ts';
import type { Words } from '../../lib/locale.ts';
import { nearest } from '../nearest.ts';
import { type Path, placeNodes } from '../order.ts';
import { choicesOf } from '../compile/value.ts';
import type { NodeSpec } from '../spec/node.ts';
import type { TemplateSpec } from '../spec/template.ts';
import type { Check, CheckContext } from './context.ts';

type SubflowSpec = Extract<NodeSpec, { subflow: string }>;

export const checkSubflows: Check = (context) => {
  for (const { spec, path } of context.placed) {
    if ('subflow' in spec) checkSubflow(context, spec, path);
  }
  context.spec.rules?.forEach((rule, i) =>
    rule.do.forEach(({ file_ticket }, j) => {
      const at = ['rules', i, 'do', j, 'file_ticket'];
      const other = file_ticket && found(context, file_ticket.template, [...at, 'template']);
      if (other) checkGiven(context, other, file_ticket.give ?? {}, at, 'template');
    }),
  );
};

function checkSubflow(context: CheckContext, spec: SubflowSpec, path: Path): void {
  const other = found(context, spec.template, [...path, 'template']);
  const ring = ringFrom(context, spec.template);
  if (ring) context.report('subflow_cycle', [...path, 'template'], { loop: ring.join(' → ') });
  if (!other) return;
  checkGiven(context, other, spec.give ?? {}, path, 'template');
  for (const [name, text] of Object.entries(spec.take ?? {}))
    checkTaken(context, other, String(text), [...path, 'take', name]);
}

/** This template is known as it is being written; without the others, nothing is said about them. */
const templateNamed = ({ spec, templates }: CheckContext, key: string): TemplateSpec | undefined =>
  key === spec.template ? spec : templates?.get(key);

function found(context: CheckContext, key: string, path: Path): TemplateSpec | undefined {
  const other = templateNamed(context, key);
  if (other || !context.templates) return other;
  const near = nearest(key, context.templates.keys());
  const code = context.allTemplates ? nearly('unknown_template', near) : nearly('template_not_here', near);
  context.report(code, path, { key, near: near ?? '' }, near ? { fix: near } : {});
  return undefined;
}

/** From this template over its sub-flows back to it; null: no ring through it. */
function ringFrom(context: CheckContext, first: string): string[] | null {
  const own = context.spec.template;
  const seen = new Set<string>();
  const visit = (key: string, trail: readonly string[]): string[] | null => {
    if (key === own) return [...trail, own];
    if (seen.has(key)) return null;
    seen.add(key);
    const spec = templateNamed(context, key);
    for (const next of spec ? childrenOf(spec) : []) {
      const ring = visit(next, [...trail, key]);
      if (ring) return ring;
    }
    return null;
  };
  return visit(first, [own]);
}

const childrenOf = ({ flow }: TemplateSpec): string[] =>
  placeNodes(flow).flatMap(({ spec }) => ('subflow' in spec ? [spec.template] : []));

/** Templates that file this one, as they are published: what they give and take has to fit its new form, too. */
export const checkParents: Check = (context) => {
  const { spec, templates, report } = context;
  for (const parent of templates?.values() ?? []) {
    if (parent.template === spec.template) continue;
    const [problem] = problemsOf(context, parent);
    if (!problem) continue;
    const { name, template } = parent;
    report('parent_breaks', ['template'], { parent: name, key: template, what: problem.zh, what_en: problem.en });
  }
};

function problemsOf(context: CheckContext, parent: TemplateSpec): Words[] {
  const { spec } = context;
  const problems: Words[] = [];
  const collect: Report = (code, _, facts = {}) => {
    const { severity, zh, en } = findingWords(code, facts);
    if (severity === 'error') problems.push({ zh, en });
  };
  const within = { ...context, report: collect };
  for (const { spec: node, path } of placeNodes(parent.flow)) {
    if (!('subflow' in node) || node.template !== spec.template) continue;
    checkGiven(within, spec, node.give ?? {}, path, 'template');
    for (const text of Object.values(node.take ?? {})) checkTaken(within, spec, String(text), path);
  }
  for (const { file_ticket: files } of parent.rules?.flatMap((rule) => rule.do) ?? [])
    if (files?.template === spec.template) checkGiven(within, spec, files.give ?? {}, ['rules'], 'template');
  return problems;
}

type Given = Readonly<Record<string, string | number | boolean>>;

function checkGiven({ report }: CheckContext, other: TemplateSpec, give: Given, path: Path, key: string): void {
  const ids = other.form.map(({ id }) => id);
  for (const [name, value] of Object.entries(give)) {
    const at = [...path, 'give', name];
    const field = other.form.find(({ id }) => id === name);
    if (!field) {
      const near = nearest(name, ids);
      const facts = { of: other.template, name, near: near ?? '' };
      report(nearly('unknown_field', near), at, facts, { atKey: true, ...(near ? { fix: near } : {}) });
      continue;
    }
    const choices = choicesOf(field);
    const isFixed = typeof value === 'string' && !value.startsWith('=') && !value.includes('{');
    if (choices && isFixed && !choices.includes(value)) {
      const near = nearest(value, choices);
      report(
        'unknown_option',
        at,
        { field: field.label, value, allowed: choices.join(' ') },
        near ? { fix: near } : {},
      );
    }
    if (field.readonly === true || field.formula !== undefined)
      report('give_readonly', at, { field: field.label, template: other.template }, { atKey: true });
  }
  const missing = other.form.filter(
    ({ id, required, ...field }) =>
      required === true &&
      !Object.hasOwn(give, id) &&
      field.default === undefined &&
      field.formula === undefined &&
      field.readonly !== true &&
      field.visible === undefined,
  );
  if (missing.length === 0) return;
  const labels = missing.map(({ label }) => label);
  const idList = missing.map(({ id }) => id).join(', ');
  report('give_missing', [...path, key], { fields: labels.join('、'), ids: idList, template: other.template });
}

function checkTaken({ report }: CheckContext, other: TemplateSpec, text: string, path: Path): void {
  for (const match of text.matchAll(/\bchild\.(\w+)\.(\w+)/g)) {
    const [, form = '', name = ''] = match;
    const fields =
      form === 'form' ? other.form : placeNodes(other.flow).find(({ spec }) => spec.id === form)?.spec.form;
    const ids = fields?.map(({ id }) => id) ?? [];
    if (ids.includes(name)) continue;
    const near = nearest(name, ids);
    const facts = { of: `${other.template} ${form}`, name, near: near ?? '' };
    const offset = match.index + `child.${form}.`.length;
    report(nearly('unknown_field', near), path, facts, { offset, ...(near ? { fix: near } : {}) });
  }
}
