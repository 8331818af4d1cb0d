/** The input of each field type. */
import type { FC } from 'react';
import type { FieldType } from '../../../form/field.ts';
import { ChecksInput, RadioInput, RatingInput, SelectInput, SwitchInput } from './ChoiceInputs.tsx';
import { FileInput } from './FileInput.tsx';
import type { InputProps } from './input.ts';
import { DepartmentInput, PersonInput } from './PickInputs.tsx';
import { PeopleInput } from './PeopleInput.tsx';
import { LineInput, LongInput, NumberInput } from './TextInputs.tsx';
import { DateInput, DateTimeInput } from './TimeInputs.tsx';

/** A table stands apart (`TableInput.tsx`): its columns are drawn by these. */
const INPUTS: Readonly<Record<Exclude<FieldType, 'table'>, FC<InputProps>>> = {
  text: LineInput,
  textarea: LongInput,
  number: NumberInput,
  money: NumberInput,
  radio: RadioInput,
  select: SelectInput,
  checkbox: ChecksInput,
  multiselect: ChecksInput,
  switch: SwitchInput,
  rating: RatingInput,
  date: DateInput,
  datetime: DateTimeInput,
  person: PersonInput,
  people: PeopleInput,
  department: DepartmentInput,
  attachment: FileInput,
};

export function FieldInput(props: InputProps) {
  const { type } = props.field;
  if (type === 'table') return null;
  const Input = INPUTS[type];
  return <Input {...props} />;
}
