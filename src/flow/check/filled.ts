/** Fields that nobody can ever fill in. */
import type { Check } from './context.ts';

export const checkFilled: Check = ({ spec, report }) => {
  spec.form.forEach((field, i) => {
    const { readonly, formula, required } = field;
    // A required one is told as such.
    if (!readonly || required || field.default !== undefined || formula !== undefined) return;
    const isSet = spec.rules?.some((rule) => rule.do.some(({ set }) => set !== undefined && field.id in set));
    if (!isSet) report('never_filled', ['form', i, 'readonly'], { field: field.label });
  });
};
