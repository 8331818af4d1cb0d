/** The shape of a rule that a part of a card must follow. `cardLimits.ts` has the table, `cardCheck.ts` reads it. */
export type Rule = TextRule | ChoiceRule | RangeRule | FlagRule | ListRule | ObjectRule;

/** `code` is the platform's error when the part is missing (and required), malformed or over a hard limit. */
interface Common {
  readonly code?: number;
  readonly required?: boolean;
}

export interface TextRule extends Common {
  readonly kind: 'text';
  /** Characters the documents suggest; more is shortened on screen. */
  readonly chars?: number;
  /** UTF-8 bytes, hard. */
  readonly bytes?: number;
  readonly pattern?: RegExp;
}
export interface ChoiceRule extends Common {
  readonly kind: 'choice';
  readonly of: readonly number[];
}
/** A number strictly between the two. */
export interface RangeRule extends Common {
  readonly kind: 'range';
  readonly above: number;
  readonly below: number;
}
export interface FlagRule extends Common {
  readonly kind: 'flag';
}
export interface ListRule extends Common {
  readonly kind: 'list';
  readonly of: ObjectRule;
  readonly min: number;
  readonly max: number;
  /** This field's values differ from entry to entry. */
  readonly unique?: { readonly field: string; readonly code: number };
}
export interface ObjectRule extends Common {
  readonly kind: 'object';
  readonly fields: Readonly<Record<string, Rule>>;
  /** What the field `type` makes required: value → field and error. */
  readonly byType?: Readonly<Record<number, readonly [field: string, code: number]>>;
  /** What `type` is when it is not given. */
  readonly typeDefault?: number;
}

export const text = (rule: Omit<TextRule, 'kind'> = {}): TextRule => ({ kind: 'text', ...rule });
export const choice = (of: readonly number[], rule: Common = {}): ChoiceRule => ({ kind: 'choice', of, ...rule });
export const flag: FlagRule = { kind: 'flag' };
export const range = (above: number, below: number, code: number): RangeRule => ({ kind: 'range', above, below, code });
export const object = (
  fields: Readonly<Record<string, Rule>>,
  rule: Omit<ObjectRule, 'kind' | 'fields'> = {},
): ObjectRule => ({
  kind: 'object',
  fields,
  ...rule,
});
export const list = (
  of: ObjectRule,
  min: number,
  max: number,
  code: number,
  rule: Omit<ListRule, 'kind' | 'of' | 'min' | 'max' | 'code'> = {},
): ListRule => ({
  kind: 'list',
  of,
  min,
  max,
  code,
  ...rule,
});
