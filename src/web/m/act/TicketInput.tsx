/** Another ticket: by its number, or found by the words of its title. */
import { useState } from 'react';
import { asText, type InputProps } from '../field/input.ts';
import { PickSheet } from '../PickSheet.tsx';
import { useReader } from '../reader.tsx';
import { searchAllTickets, searchMyTickets } from '../searches.ts';

export function TicketInput({ field, value, onChange, own }: InputProps) {
  const { say, me } = useReader();
  const [open, setOpen] = useState(false);
  return (
    <span className="pick">
      <input
        {...own}
        type="text"
        maxLength={64}
        autoCapitalize="characters"
        autoComplete="off"
        placeholder={say('ticketNumber')}
        value={asText(value)}
        onChange={(event) => onChange(event.target.value)}
      />
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say('search')}
      </button>
      {open && (
        <PickSheet
          title={field.label}
          hint={say('searchTicket')}
          search={me?.rights.viewAll ? searchAllTickets : searchMyTickets}
          onClose={() => setOpen(false)}
          onPick={(choice) => {
            setOpen(false);
            onChange(choice.value);
          }}
        />
      )}
    </span>
  );
}
