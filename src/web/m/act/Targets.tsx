/** To whom, or where to. */
import { useState } from 'react';
import { chipOf } from '../field/ChoiceInputs.tsx';
import { Icon } from '../Icon.tsx';
import { PickSheet } from '../PickSheet.tsx';
import { useReader } from '../reader.tsx';
import { searchPeople } from '../searches.ts';
import type { Offer } from './chosen.ts';
import type { ActDetails } from './useActing.ts';

interface TargetProps {
  readonly to: ActDetails['to'];
  readonly onChange: (to: ActDetails['to']) => void;
}

export function TransferTarget({ to, onChange }: TargetProps) {
  const { say } = useReader();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  return (
    <div className="field">
      <span id="act-to-label" className="label">
        {say('transferTo')}
      </span>
      <button
        type="button"
        className="pick-button"
        data-testid="field-to"
        aria-labelledby="act-to-label act-to"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <span id="act-to" className={to === undefined ? 'placeholder' : ''}>
          {to === undefined ? say('choosePerson') : name}
        </span>
        <Icon name="go" />
      </button>
      {open && (
        <PickSheet
          title={say('choosePerson')}
          hint={say('searchPerson')}
          search={searchPeople}
          onClose={() => setOpen(false)}
          onPick={(choice) => {
            setOpen(false);
            setName(choice.name);
            onChange(choice.value);
          }}
        />
      )}
    </div>
  );
}

export function ReturnTarget({ offer, to, onChange }: TargetProps & { offer: Offer }) {
  const { say } = useReader();
  return (
    <div className="field">
      <span id="act-back-label" className="label">
        {say('returnTo')}
      </span>
      <div className="chips" role="radiogroup" aria-labelledby="act-back-label" data-testid="field-to">
        {offer.possible?.returnTargets.map(({ id, name }) => (
          <label key={id} className={chipOf(to === id)}>
            <input type="radio" name="act-back" checked={to === id} onChange={() => onChange(id)} />
            {name}
          </label>
        ))}
      </div>
    </div>
  );
}
