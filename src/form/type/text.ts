/** Text of one line and of many. Length in characters: `min`…`max`, else the type's own limit. */
import type { Field } from '../field.ts';
import { type FieldRule, type InputKind, isNothing, type Parsed, problem } from '../rule.ts';
import { cleanLine, cleanLines, lengthOf } from '../typed.ts';

function makeTextRule(input: InputKind, clean: (text: string) => string, most: number): FieldRule {
  const parse = (given: unknown, field: Field): Parsed => {
    if (isNothing(given)) return { value: '' };
    if (typeof given !== 'string') return problem('请填写文字', 'Enter text');
    const value = clean(given);
    const length = lengthOf(value);
    const max = field.max ?? most;
    if (length > max)
      return problem(
        `最多 ${max} 个字，现在有 ${length} 个，请缩短`,
        `At most ${max} characters, there are ${length}: shorten it`,
      );
    if (length > 0 && field.min !== null && length < field.min)
      return problem(`至少 ${field.min} 个字，请写得更具体`, `At least ${field.min} characters: say a little more`);
    return { value };
  };
  return {
    empty: '',
    input,
    personal: true,
    parse,
    text: (value) => (typeof value === 'string' ? value : ''),
    fromText: parse,
  };
}

export const textRule = makeTextRule('text', cleanLine, 500);
export const textareaRule = makeTextRule('longtext', cleanLines, 10_000);
