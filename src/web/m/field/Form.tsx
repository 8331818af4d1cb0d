/** A form's fields, each with its label, help, input and what is wrong with it. */
import { useId } from 'react';
import type { FormField } from '../../../http/contract/form.ts';
import { Notice } from '../Notice.tsx';
import { FileList } from '../FileList.tsx';
import { useReader } from '../reader.tsx';
import { strayProblems } from './entries.ts';
import { FieldInput } from './FieldInput.tsx';
import { FileContext } from './formContext.ts';
import { asIds } from './input.ts';
import { Required, TableInput } from './TableInput.tsx';
import type { FormDesk } from './useForm.ts';

export function Form({ desk }: { desk: FormDesk }) {
  const strays = strayProblems(desk.form, desk.refused);
  return (
    <FileContext value={desk}>
      {strays.length > 0 && <Notice tone="bad">{strays.map(({ label, text }) => `${label} ${text}`).join(' ')}</Notice>}
      {desk.form.fields
        .filter((field) => field.visible)
        .map((field) => (
          <FieldRow key={field.id} field={field} desk={desk} />
        ))}
    </FileContext>
  );
}

function FieldRow({ field, desk }: { field: FormField; desk: FormDesk }) {
  const { say } = useReader();
  const id = useId();
  const labelId = `${id}-label`;
  const problem = field.writable ? desk.problemOf(field.id) : null;
  if (!field.writable) return <FixedField field={field} desk={desk} />;
  const describedBy = [field.help ? `${id}-help` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  const input = {
    field,
    value: desk.valueOf(field),
    onChange: (value: Parameters<FormDesk['change']>[1]) => desk.change(field.id, value),
    text: field.text,
    labelId,
    own: {
      id,
      'data-testid': `field-${field.id}`,
      'aria-describedby': describedBy || undefined,
      'aria-invalid': problem ? true : undefined,
      'aria-required': field.required || undefined,
    },
  };
  return (
    <div
      className={problem ? 'field field-wrong' : 'field'}
      onFocus={() => desk.focus(field.id)}
      onBlur={() => desk.focus(null)}
    >
      <label id={labelId} htmlFor={id}>
        {field.label}
        {field.required && <Required text={say('required')} />}
      </label>
      {field.help && (
        <p id={`${id}-help`} className="help">
          {field.help}
        </p>
      )}
      {field.type === 'table' ? <TableInput {...input} columns={field.columns} /> : <FieldInput {...input} />}
      {problem && (
        <p id={`${id}-problem`} className="problem" data-testid={`problem-${field.id}`}>
          {problem}
        </p>
      )}
    </div>
  );
}

/** Shown, not to be changed here; nothing at all when there is nothing in it. */
function FixedField({ field, desk }: { field: FormField; desk: FormDesk }) {
  if (!field.text) return null;
  const ids = field.type === 'attachment' ? asIds(field.value) : [];
  return (
    <div className="field field-fixed" data-testid={`field-${field.id}`}>
      <p className="label">{field.label}</p>
      {ids.length > 0 ? (
        <FileList files={ids.flatMap((id) => desk.files.get(id) ?? [])} />
      ) : (
        <p className="fixed">{field.text}</p>
      )}
    </div>
  );
}
