/** Several people: those that the form offers as chips, or anybody, found by name. */
import { useState } from 'react';
import { Icon } from '../Icon.tsx';
import { PickSheet } from '../PickSheet.tsx';
import { useReader } from '../reader.tsx';
import { searchPeople } from '../searches.ts';
import { chipOf, groupOf } from './ChoiceInputs.tsx';
import { asIds, type InputProps } from './input.ts';

export function PeopleInput(props: InputProps) {
  return props.field.options.length > 0 ? <OfferedPeople {...props} /> : <AnyPeople {...props} />;
}

function OfferedPeople({ field, value, onChange, own, labelId }: InputProps) {
  const chosen = asIds(value);
  const toggle = (id: number) => onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <div {...groupOf(own)} role="group" aria-labelledby={labelId}>
      {field.options.map((option) => (
        <label key={option.value} className={chipOf(chosen.includes(Number(option.value)))}>
          <input
            type="checkbox"
            checked={chosen.includes(Number(option.value))}
            onChange={() => toggle(Number(option.value))}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

function AnyPeople({ field, value, onChange, text, own, labelId }: InputProps) {
  const { say } = useReader();
  const [open, setOpen] = useState(false);
  const [names, setNames] = useState<ReadonlyMap<number, string>>(new Map());
  const chosen = asIds(value);
  // What stood there before comes as one text, in the order of the ids.
  const before = text.split(/、|, /);
  const nameOf = (id: number, i: number) => names.get(id) ?? before[i] ?? '';
  return (
    <div {...groupOf(own)} role="group" aria-labelledby={labelId}>
      {chosen.map((id, i) => (
        <button
          key={id}
          type="button"
          className={chipOf(true)}
          aria-label={`${say('clear')} ${nameOf(id, i)}`}
          onClick={() => onChange(chosen.filter((one) => one !== id))}
        >
          {nameOf(id, i) || say('chosen')} <Icon name="close" />
        </button>
      ))}
      <button type="button" className={chipOf(false)} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {field.placeholder || say('choose')}
      </button>
      {open && (
        <PickSheet
          title={field.label}
          hint={say('searchPerson')}
          search={searchPeople}
          onClose={() => setOpen(false)}
          onPick={(choice) => {
            setNames(new Map([...names, [choice.value, choice.name]]));
            setOpen(false);
            if (!chosen.includes(choice.value)) onChange([...chosen, choice.value]);
          }}
        />
      )}
    </div>
  );
}
