/** Tables of templates with one fault each, and how they are judged. */
import { describe, expect, it } from '@jest/globals';
import { applyFix } from '../../src/flow/applyFix.ts';
import { type Around, checkTemplate } from '../../src/flow/check.ts';
import type { Finding } from '../../src/flow/finding.ts';
import { aTemplate, FLOW_LINES, FORM_LINES } from './template.ts';

/** The sample with one more field, on line 10. */
export const field = (text: string) => aTemplate({ form: `${FORM_LINES}\n  - ${text}` });
/** The sample with one more node, from line 17 on. */
export const node = (...lines: string[]) =>
  aTemplate({ flow: [FLOW_LINES, ...lines.map((line) => `  ${line}`)].join('\n') });
/** The sample with one more key, from line 17 on. */
export const more = (...lines: string[]) => aTemplate({ more: lines.join('\n') });
export const approval = (...lines: string[]) =>
  node('- id: b', '  approve: 审批', '  approver: { manager: requester }', ...lines);
export const branch = (...cases: string[]) =>
  node('- id: b', '  branch: 分支', '  cases:', ...cases.map((one) => `    - ${one}`));

export type Fault = readonly [what: string, text: string, code: string, at: string, fix?: string];

/** What takes effect in a later version is no fault. */
const LATER = 'not_yet_run';

/** Each text has this one finding, at this place, with this fix, which mends it; an error leaves no template. */
export function judge(tables: Readonly<Record<string, readonly Fault[]>>, around: Around = {}): void {
  describe.each(Object.entries(tables))('%s', (_, faults) => {
    // Not it.each: it takes a missing last argument for a callback.
    for (const [what, text, code, at, fix] of faults) {
      it(what, () => {
        const { findings, template } = checkTemplate(text, null, 0, around);
        const told = findings.filter((one) => one.code !== LATER);
        const [first] = told;
        expect(told.map(placed)).toEqual([`${code} ${at}`]);
        expect(first?.fix).toBe(fix);
        expect(template === null).toBe(findings.some(({ severity }) => severity === 'error'));
        for (const { zh, en } of told) {
          // A number pattern has braces of its own.
          expect(`${zh} ${en}`.replace(/\{(?:yyyy|yy|MM|dd|year)\}/g, '')).not.toMatch(/\{\w+\}/);
          expect(zh).toMatch(/\p{Script=Han}/u);
          expect(zh).not.toBe(en);
        }
        if (!first || fix === undefined) return;
        const mended = checkTemplate(applyFix(text, first), null, 0, around).findings;
        expect(mended.map(placed)).not.toContain(`${code} ${at}`);
      });
    }
  });
}

const placed = ({ code, line, column }: Finding): string => `${code} ${line}:${column}`;
