/** The Form component inside a card: what is required is checked here, before anything is sent. */
import { useId, useMemo, useRef, useState } from 'react';
import { entryOf, fieldsIn, missingIn, sentBy } from './form.ts';
import { FormInput } from './FormInput.tsx';
import { useLanguage } from './language.tsx';
import { useTyped } from './useTyped.ts';

interface CardFormProps {
  /** Its JSON as the card has it. */
  form: string;
  button: string;
  isDisabled: boolean;
  isBusy: boolean;
  onSubmit: (values: Record<string, unknown>) => void;
}

export function CardForm({ form, button, isDisabled, isBusy, onSubmit }: CardFormProps) {
  const { say } = useLanguage();
  const formId = useId();
  const box = useRef<HTMLDivElement>(null);
  const fields = useMemo(() => fieldsIn(form), [form]);
  const [typed, type] = useTyped(form);
  /** The form that was submitted incomplete; another one has not been yet. */
  const [checked, setChecked] = useState('');
  if (!fields) return <p className="card-note">{say('badForm')}</p>;
  const missing = checked === form ? missingIn(fields, typed) : [];
  const submit = () => {
    const [first] = missingIn(fields, typed);
    if (!first) return onSubmit(sentBy(fields, typed));
    setChecked(form);
    const field = box.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(first.name)}"]`);
    field?.focus({ preventScroll: true });
    // With its label above it and what is wrong with it below.
    field?.closest('.form-field')?.scrollIntoView({ block: 'center' });
  };
  return (
    <div className="form" role="form" aria-label={button || say('submit')} ref={box}>
      {fields
        .filter(({ hidden }) => !hidden)
        .map((field) => (
          <FormInput
            key={field.name}
            id={`${formId}${field.name}`}
            field={field}
            entry={entryOf(field, typed)}
            isOff={isDisabled || isBusy || field.readOnly}
            problem={missing.includes(field) ? field.requiredMsg || say('required', field.label) : null}
            onEntry={(entry) => type(field.name, entry)}
          />
        ))}
      <div className="card-buttons">
        <button
          type="button"
          className="ding-primary"
          data-action="form"
          disabled={isDisabled || isBusy}
          onClick={submit}
        >
          {button || say('submit')}
        </button>
      </div>
    </div>
  );
}
