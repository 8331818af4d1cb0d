/** One field of a card's form, by its type; a type that is unknown is a line of text, as older clients do. */
import type { ReactNode } from 'react';
import type { Entry, FormField } from './form.ts';
import { useLanguage } from './language.tsx';

export interface FormInputProps {
  id: string;
  field: FormField;
  entry: Entry;
  isOff: boolean;
  /** What to say under the field; null: nothing is wrong with it. */
  problem: string | null;
  onEntry: (entry: Entry) => void;
}

export function FormInput(props: FormInputProps) {
  const { field, id, entry, isOff, onEntry } = props;
  const { label, name, type } = field;
  switch (type) {
    case 'MULTI_SELECT':
    case 'MULTI_CHECKBOX_GROUP':
    case 'CHECKBOX_GROUP':
      return <Options {...props} />;
    case 'CHECKBOX':
    case 'SWITCH':
      return (
        <div className="form-field">
          <label className="form-tick">
            <input
              type="checkbox"
              role={type === 'SWITCH' ? 'switch' : undefined}
              data-field={name}
              checked={entry === true}
              disabled={isOff}
              {...told(props)}
              onChange={({ target }) => onEntry(target.checked)}
            />
            <span>
              {label}
              <Star field={field} />
            </span>
          </label>
          <Problem {...props} />
        </div>
      );
    default:
      return (
        <div className="form-field">
          <label htmlFor={id}>
            {label}
            <Star field={field} />
          </label>
          <OneLine {...props} />
          <Problem {...props} />
        </div>
      );
  }
}

/** Whatever holds one text. */
function OneLine(props: FormInputProps) {
  const { say } = useLanguage();
  const { id, field, entry, isOff, onEntry } = props;
  const { name, type, placeholder, options, minRows, maxRows } = field;
  const common = {
    ...told(props),
    id,
    'data-field': name,
    disabled: isOff,
    onChange: ({ target }: { target: { value: string } }) => onEntry(written(type, target.value)),
  };
  const value = shown(type, typeof entry === 'string' ? entry : '');
  if (type === 'SELECT')
    return (
      <select {...common} value={value}>
        <option value="">{placeholder || say('chooseOne')}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    );
  if (type === 'TEXT_AREA') {
    const rows = Math.min(Math.max(value.split('\n').length, minRows), maxRows);
    return <textarea {...common} value={value} rows={rows} placeholder={placeholder} />;
  }
  return <input {...common} {...KIND_OF_INPUT[type]} value={value} placeholder={placeholder} />;
}

const KIND_OF_INPUT: Readonly<Record<string, { type: string; step?: string; inputMode?: 'decimal' }>> = {
  NUMBER: { type: 'number', step: 'any', inputMode: 'decimal' },
  DATE: { type: 'date' },
  TIME: { type: 'time' },
  DATETIME: { type: 'datetime-local' },
};

/** The platform writes a space where browsers write a T. */
const written = (type: string, value: string): string => (type === 'DATETIME' ? value.replace('T', ' ') : value);
const shown = (type: string, value: string): string => (type === 'DATETIME' ? value.replace(' ', 'T') : value);

function Options(props: FormInputProps) {
  const { id, field, entry, isOff, onEntry } = props;
  const { label, name, type, options } = field;
  const isMany = type !== 'CHECKBOX_GROUP';
  const chosen: readonly string[] = typeof entry === 'string' ? [entry] : entry instanceof Array ? entry : [];
  const choose = (value: string, isChecked: boolean) => {
    if (!isMany) return onEntry(value);
    onEntry(options.map((one) => one.value).filter((one) => (one === value ? isChecked : chosen.includes(one))));
  };
  return (
    <fieldset className={`form-field form-options options-${type.toLowerCase()}`} disabled={isOff} {...told(props)}>
      <legend>
        {label}
        <Star field={field} />
      </legend>
      {options.map(({ value, text }, index) => (
        <label key={value} className="form-tick">
          <input
            type={isMany ? 'checkbox' : 'radio'}
            name={id}
            {...(index === 0 && { 'data-field': name })}
            checked={chosen.includes(value)}
            onChange={({ target }) => choose(value, target.checked)}
          />
          <span>{text}</span>
        </label>
      ))}
      <Problem {...props} />
    </fieldset>
  );
}

const told = ({ id, problem }: FormInputProps) =>
  problem === null ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-problem` };

function Problem({ id, problem }: FormInputProps): ReactNode {
  return (
    problem !== null && (
      <p className="form-problem" id={`${id}-problem`}>
        {problem}
      </p>
    )
  );
}

/** Not part of the field's name: `aria-hidden` keeps the label as it is written. */
function Star({ field }: { field: FormField }) {
  return field.required ? (
    <span className="form-star" aria-hidden="true">
      *
    </span>
  ) : null;
}
