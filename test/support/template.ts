/** Texts of templates for tests: a small valid one, and the shipped ones with one thing changed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../templates');
export const shipped = (name: string): string => readFileSync(join(folder, `${name}.yaml`), 'utf8');

/** The reference template with the first `from` replaced; a test that changes nothing would prove nothing. */
export function itRepairWith(from: string, to: string): string {
  const text = shipped('it-repair');
  if (!text.includes(from)) throw new Error(`it-repair.yaml has no ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}

const FORM = `  - { id: title, type: text, label: 标题, required: true }
  - { id: kind, type: radio, label: 类型, options: [甲, 乙, 丙], required: true }
  - { id: urgent, type: switch, label: 加急 }
  - { id: total, type: money, label: 金额 }
  - { id: mentor, type: person, label: 导师 }
  - { id: day, type: date, label: 日期 }`;
const FLOW = `  - id: work
    handle: 办理
    assignee: { role: 财务 }
    form:
      - { id: result, type: textarea, label: 结果, required: true }
      - { id: risky, type: switch, label: 有风险 }`;

/** A valid template of 18 lines; parts are given as YAML lines. */
export function aTemplate({
  form = FORM,
  flow = FLOW,
  more = '',
}: { form?: string; flow?: string; more?: string } = {}): string {
  return `template: sample\nname: 样例\nform:\n${form}\nflow:\n${flow}\n${more}`;
}
export const FORM_LINES = FORM;
export const FLOW_LINES = FLOW;
