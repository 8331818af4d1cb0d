/** Untrusted input becomes typed here and nowhere else. A wrong field is named in both languages. */
import { z } from 'zod';
import { type FieldProblem, Refused, refuse } from '../../lib/refusal.ts';

const zh = z.locales.zhCN().localeError;
const en = z.locales.en().localeError;

/** @throws Refused `unknown_field` or `bad_input`, with the name of each field */
export function parse<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const result = schema.safeParse(given, { error: en });
  if (result.success) return result.data;
  const { issues } = result.error;
  const inChinese = schema.safeParse(given, { error: zh }).error?.issues ?? [];
  const unknown = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [],
  );
  const [first] = unknown;
  if (first !== undefined)
    throw new Refused(refuse('unknown_field', { field: unknown.join(', ').slice(0, 200) }, strays(unknown)));
  const problems = issues.slice(0, 20).map((issue, i): FieldProblem => {
    const field = issue.path.join('.');
    return {
      field,
      label: field,
      zh: `「${field || '请求内容'}」有误：${inChinese[i]?.message ?? issue.message}`,
      en: `“${field || 'the body'}”: ${issue.message}`,
    };
  });
  throw new Refused(refuse('bad_input', {}, problems));
}

const strays = (fields: readonly string[]): FieldProblem[] =>
  fields.slice(0, 20).map((name) => {
    const field = name.slice(0, 60);
    return {
      field,
      label: field,
      zh: `没有「${field}」这个字段，请去掉它再提交`,
      en: `There is no field “${field}”: leave it out and send again`,
    };
  });
