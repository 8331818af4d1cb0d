/** A person among a few who are named; where others come into question too, they are found below. */
import { chipOf } from '../field/ChoiceInputs.tsx';
import type { InputProps } from '../field/input.ts';
import { PersonInput } from '../field/PickInputs.tsx';
import { useReader } from '../reader.tsx';
import type { Named } from './chosen.ts';

export function NamedPeopleInput(props: InputProps & { readonly named: Named }) {
  const { named, field, value, onChange, own, labelId } = props;
  const { say } = useReader();
  const isNamed = named.people.some(({ id }) => id === value);
  return (
    <>
      <div className="chips" role="radiogroup" aria-labelledby={labelId} aria-required={own['aria-required']}>
        {named.people.map(({ id, name }) => (
          <label key={id} className={chipOf(id === value)}>
            <input type="radio" name={`${own.id}-named`} checked={id === value} onChange={() => onChange(id)} />
            {name}
          </label>
        ))}
      </div>
      {named.others && (
        <PersonInput {...props} field={{ ...field, placeholder: say('somebodyElse') }} value={isNamed ? null : value} />
      )}
    </>
  );
}
