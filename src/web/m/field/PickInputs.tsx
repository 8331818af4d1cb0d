/** A person or a department, found by name. */
import { useState } from 'react';
import { Icon } from '../Icon.tsx';
import { type Choice, PickSheet, type Search } from '../PickSheet.tsx';
import { useReader } from '../reader.tsx';
import { searchDepartments, searchPeople } from '../searches.ts';
import type { InputProps } from './input.ts';

export function PersonInput(props: InputProps) {
  const { say } = useReader();
  return <PickInput {...props} search={searchPeople} hint={say('searchPerson')} nothing={null} />;
}

export function DepartmentInput(props: InputProps) {
  const { say } = useReader();
  return <PickInput {...props} search={searchDepartments} hint={say('searchDepartment')} nothing="" />;
}

interface PickInputProps<T> extends InputProps {
  readonly search: Search<T>;
  readonly hint: string;
  readonly nothing: null | '';
}

function PickInput<T extends string | number>(props: PickInputProps<T>) {
  const { field, value, onChange, text, own, labelId, search, hint, nothing } = props;
  const { say } = useReader();
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<Choice<T> | null>(null);
  const isSet = value !== null && value !== '';
  const shown = !isSet ? '' : picked?.value === value ? picked.name : text || say('chosen');
  const valueId = `${own.id}-value`;
  const { 'aria-required': _, ...button } = own;
  return (
    <span className="pick">
      <button
        {...button}
        type="button"
        className="pick-button"
        aria-labelledby={`${labelId} ${valueId}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span id={valueId} className={isSet ? '' : 'placeholder'}>
          {shown || field.placeholder || say('choose')}
        </span>
        <Icon name="go" />
      </button>
      {isSet && !field.required && (
        <button type="button" className="icon-button" aria-label={say('clear')} onClick={() => onChange(nothing)}>
          <Icon name="close" />
        </button>
      )}
      {open && (
        <PickSheet
          title={field.label}
          hint={hint}
          search={search}
          onClose={() => setOpen(false)}
          onPick={(choice) => {
            setPicked(choice);
            setOpen(false);
            onChange(choice.value);
          }}
        />
      )}
    </span>
  );
}
