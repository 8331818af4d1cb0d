/** The pattern of ticket numbers. */
import { parseNumber } from '../number.ts';
import type { Check } from './context.ts';

export const checkNumbering: Check = ({ spec, report }) => {
  if (spec.number === undefined) return;
  const parsed = parseNumber(spec.number);
  if ('problem' in parsed) {
    const facts = { detail: parsed.problem.zh, detail_en: parsed.problem.en };
    report('bad_number', ['number'], facts, { offset: parsed.problem.offset });
  }
};
