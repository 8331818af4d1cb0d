/** What one ticket gives another: values of expressions, made to fit the fields that they are for. */
import type { Template } from '../flow/template.ts';
import { localDate } from '../flow/zone.ts';
import type { Value, Values } from '../form/field.ts';

/** Only kinds that mean the same are changed; what does not fit is left for the form to refuse. */
export function fitGiven(template: Template, values: Values): Values {
  const types = new Map(template.form.map(({ id, type }) => [id, type]));
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, fit(types.get(id), value)]));
}

function fit(type: string | undefined, value: Value): Value {
  switch (type) {
    case 'date':
      return typeof value === 'number' ? localDate(value) : value;
    case 'text':
    case 'textarea':
      return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    case 'checkbox':
    case 'multiselect':
      return typeof value === 'string' && value !== '' ? [value] : value;
    default:
      return value;
  }
}
