/** Several people, one after the other; a tap on a name takes it off again. */
import { useState } from 'react';
import { Icon } from '../Icon.tsx';
import { asIds, type InputProps } from '../field/input.ts';
import { PickSheet } from '../PickSheet.tsx';
import { useReader } from '../reader.tsx';
import { searchPeople } from '../searches.ts';

export function PeopleInput({ field, value, onChange, own, labelId }: InputProps) {
  const { say } = useReader();
  const [open, setOpen] = useState(false);
  const [names, setNames] = useState<ReadonlyMap<number, string>>(new Map());
  const chosen = asIds(value);
  const { 'aria-required': _, ...button } = own;
  return (
    <>
      {chosen.length > 0 && (
        <div className="chips" role="group" aria-labelledby={labelId}>
          {chosen.map((id) => (
            <button
              key={id}
              type="button"
              className="chip chip-on"
              aria-label={say('takeOff', names.get(id) ?? '')}
              onClick={() => onChange(chosen.filter((other) => other !== id))}
            >
              {names.get(id)} ×
            </button>
          ))}
        </div>
      )}
      <button {...button} type="button" className="pick-button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <span className="placeholder">{say('choosePerson')}</span>
        <Icon name="go" />
      </button>
      {open && (
        <PickSheet
          title={field.label}
          hint={say('searchPerson')}
          search={searchPeople}
          onClose={() => setOpen(false)}
          onPick={(choice) => {
            setOpen(false);
            setNames(new Map(names).set(choice.value, choice.name));
            if (!chosen.includes(choice.value)) onChange([...chosen, choice.value]);
          }}
        />
      )}
    </>
  );
}
