/** Rows of columns. Each cell is judged by its column's type; a row is a small form of its own (`check.ts`). */
import type { Field, FieldType, Value, Values } from '../field.ts';
import { type FieldRule, isNothing, type Look, type Parsed, problem } from '../rule.ts';
import { isRecord, valueOf } from '../value.ts';

const MOST_ROWS = 200;
const SHOWN_ROWS = 3;

/** @param ruleOf passed in, since the table of all rules contains this one */
export function makeTableRule(ruleOf: (type: FieldType) => FieldRule): FieldRule {
  const rowText = (row: Values, field: Field, look: Look): string =>
    field.columns
      .filter((column) => !column.encrypt)
      .map((column) => ruleOf(column.type).text(valueOf(row, column.id) ?? null, column, look))
      .filter(Boolean)
      .join(' ');
  return {
    empty: [],
    input: 'rows',
    personal: true,
    parse: (given, field) => {
      if (isNothing(given)) return { value: [] };
      if (!Array.isArray(given)) return problem('请逐行填写明细', 'Enter the rows one by one');
      const max = Math.min(field.max ?? MOST_ROWS, MOST_ROWS);
      if (given.length > max)
        return problem(
          `最多 ${max} 行，现在有 ${given.length} 行，请删去一些`,
          `At most ${max} rows, there are ${given.length}: remove some`,
        );
      if (given.length > 0 && field.min !== null && given.length < field.min)
        return problem(`至少 ${field.min} 行，请补充`, `At least ${field.min} rows: add more`);
      // `map` would step over the holes of a sparse array.
      const rows = Array.from(given, (row: unknown, i) => parseRow(row, i, field, ruleOf));
      const wrong = rows.find((row) => 'problem' in row);
      return wrong ?? { value: rows.flatMap((row) => ('value' in row ? [row.value] : [])) };
    },
    text: (value, field, look) => {
      const rows = Array.isArray(value) ? value.filter((row) => isRecord(row)) : [];
      if (rows.length === 0) return '';
      const some = rows.slice(0, SHOWN_ROWS).map((row) => rowText(row as Values, field, look)).filter(Boolean); // prettier-ignore
      if (look.locale === 'en') return [`${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`, some.join('; ')].filter(Boolean).join(': '); // prettier-ignore
      return [`${rows.length} 行`, some.join('；')].filter(Boolean).join('：');
    },
    fromText: () => problem('明细请在手机页面里填写', 'Open the page to fill in the rows'),
  };
}

type ParsedRow = { readonly value: Values } | Extract<Parsed, { problem: unknown }>;

function parseRow(given: unknown, index: number, field: Field, ruleOf: (type: FieldType) => FieldRule): ParsedRow {
  const at = { zh: `第 ${index + 1} 行`, en: `Row ${index + 1}` };
  if (!isRecord(given)) return { problem: { zh: `${at.zh}：请逐列填写`, en: `${at.en}: fill in its columns` } };
  const stray = Object.keys(given).find((key) => !field.columns.some((column) => column.id === key));
  if (stray !== undefined)
    return { problem: { zh: `${at.zh}：没有「${stray.slice(0, 40)}」这一列`, en: `${at.en}: there is no column “${stray.slice(0, 40)}”` } }; // prettier-ignore
  const cells: [string, Value][] = [];
  for (const column of field.columns) {
    const rule = ruleOf(column.type);
    // A computed cell is computed again, whatever was sent.
    if (column.formula || !Object.hasOwn(given, column.id)) continue;
    const parsed = rule.parse(given[column.id], column);
    if ('problem' in parsed) {
      const { zh, en } = parsed.problem;
      return { problem: { zh: `${at.zh}「${column.label}」：${zh}`, en: `${at.en}, “${column.label}”: ${en}` } };
    }
    cells.push([column.id, parsed.value]);
  }
  return { value: Object.fromEntries(cells) };
}
