/** What every input is given. A column of a table is drawn by the same inputs. */
import type { FormColumn } from '../../../http/contract/form.ts';
import type { Value } from '../../../form/field.ts';

export interface InputProps {
  readonly field: FormColumn;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The value in words, as far as the service said. */
  readonly text: string;
  /** For the element that is labelled, and for tests. */
  readonly own: {
    readonly id: string;
    readonly 'data-testid': string;
    readonly 'aria-describedby': string | undefined;
    readonly 'aria-invalid': boolean | undefined;
    readonly 'aria-required': boolean | undefined;
  };
  /** Of the label, for groups. */
  readonly labelId: string;
}

export const asText = (value: Value): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

export const asTexts = (value: Value): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

export const asIds = (value: Value): readonly number[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'number') : [];
