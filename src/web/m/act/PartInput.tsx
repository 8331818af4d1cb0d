/** One part of an act by the input that suits it: a choice, a person, people, a time, another ticket, yes or no. */
import type { FC } from 'react';
import type { FormColumn } from '../../../http/contract/form.ts';
import type { ActPart } from '../../../http/contract/ticket.ts';
import type { FieldType, Value } from '../../../form/field.ts';
import { RadioInput, SelectInput, SwitchInput } from '../field/ChoiceInputs.tsx';
import type { InputProps } from '../field/input.ts';
import { PersonInput } from '../field/PickInputs.tsx';
import { DateTimeInput } from '../field/TimeInputs.tsx';
import { useReader } from '../reader.tsx';
import type { Named } from './chosen.ts';
import { NamedPeopleInput } from './NamedPeopleInput.tsx';
import { PeopleInput } from './PeopleInput.tsx';
import { TemplateInput } from './TemplateInput.tsx';
import { TicketInput } from './TicketInput.tsx';

interface PartInputProps {
  readonly part: ActPart;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Who come first, where it is a person. */
  readonly named: Named | null;
}

/** So many stand beside each other; more are a list to open. */
const CHIPS = 6;

export function PartInput({ part, value, onChange, named }: PartInputProps) {
  const { say } = useReader();
  const { Input, type } = inputOf(part);
  const id = `act-${part.part}`;
  const labelId = `${id}-label`;
  const own: InputProps['own'] = {
    id,
    'data-testid': `field-${part.part}`,
    'aria-describedby': undefined,
    'aria-invalid': undefined,
    'aria-required': part.required,
  };
  const placeholder = part.part === 'person' ? say('choosePerson') : '';
  const input: InputProps = { field: { ...fieldOf(part, type), placeholder }, value, onChange, text: '', own, labelId };
  return (
    <div className="field">
      <label id={labelId} htmlFor={id}>
        {part.label} {!part.required && <small>{say('optional')}</small>}
      </label>
      {named ? <NamedPeopleInput {...input} named={named} /> : <Input {...input} />}
    </div>
  );
}

function inputOf({ part, options }: ActPart): { readonly Input: FC<InputProps>; readonly type: FieldType } {
  switch (part) {
    case 'person':
      return { Input: PersonInput, type: 'person' };
    case 'people':
      return { Input: PeopleInput, type: 'person' };
    case 'until':
      return { Input: DateTimeInput, type: 'datetime' };
    case 'again':
      return { Input: SwitchInput, type: 'switch' };
    case 'template':
      return { Input: TemplateInput, type: 'select' };
    case 'other':
      return { Input: TicketInput, type: 'text' };
    default:
      return (options?.length ?? 0) > CHIPS
        ? { Input: SelectInput, type: 'select' }
        : { Input: RadioInput, type: 'radio' };
  }
}

const fieldOf = ({ part, label, required, options }: ActPart, type: FieldType): FormColumn => ({
  id: part,
  type,
  label,
  help: '',
  placeholder: '',
  unit: '',
  means: null,
  options: (options ?? []).map(({ id, text }) => ({ value: id, label: text })),
  min: null,
  max: null,
  currency: '',
  required,
  writable: true,
});
