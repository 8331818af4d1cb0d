/** For whom it is filed: me, or somebody for whom I may file (代提). Nobody else sees this line. */
import { useState } from 'react';
import type { Person } from '../../../http/contract/value.ts';
import { Icon } from '../Icon.tsx';
import { ErrorNotice } from '../Notice.tsx';
import { PickSheet } from '../PickSheet.tsx';
import { useReader } from '../reader.tsx';
import { searchRequesters } from '../searches.ts';

interface RequesterLineProps {
  /** null: nobody yet, where I can't file it for myself. */
  readonly requester: Pick<Person, 'id' | 'name'> | null;
  /** Why the last one who was picked can't be. */
  readonly error: unknown;
  readonly busy: boolean;
  readonly onPick: (id: number, name: string) => void;
}

export function RequesterLine({ requester, error, busy, onPick }: RequesterLineProps) {
  const { me, say } = useReader();
  const [open, setOpen] = useState(false);
  const mine = me?.person ?? null;
  const isOther = requester !== null && requester.id !== mine?.id;
  return (
    <div className="field" data-testid="requester">
      <span className="label" id="requester-label">
        {say('requester')}
      </span>
      <span className="pick">
        <button
          type="button"
          className="pick-button"
          data-testid="requester-pick"
          aria-labelledby="requester-label requester-value"
          aria-describedby={isOther ? 'requester-help' : undefined}
          aria-haspopup="dialog"
          aria-busy={busy}
          onClick={() => setOpen(true)}
        >
          <span id="requester-value" className={requester ? '' : 'placeholder'}>
            {requester?.name ?? say('whoAsks')}
          </span>
          <Icon name="go" />
        </button>
        {isOther && mine && (
          <button
            type="button"
            className="icon-button"
            aria-label={say('ownInstead')}
            onClick={() => onPick(mine.id, mine.name)}
          >
            <Icon name="close" />
          </button>
        )}
      </span>
      {isOther && (
        <p id="requester-help" className="help">
          {say('filedForOther', requester.name)}
        </p>
      )}
      <ErrorNotice error={error} />
      {open && (
        <PickSheet
          title={say('whoAsks')}
          hint={say('searchPerson')}
          search={searchRequesters}
          onClose={() => setOpen(false)}
          onPick={({ value, name }) => {
            setOpen(false);
            onPick(value, name);
          }}
        />
      )}
    </div>
  );
}
