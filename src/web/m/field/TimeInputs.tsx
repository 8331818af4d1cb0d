/** Days and instants by the phone's own pickers, in the service's zone. */
import { instantOf, isDate, localDateTime } from '../../../form/localTime.ts';
import { useReader } from '../reader.tsx';
import { asText, type InputProps } from './input.ts';

export function DateInput({ value, onChange, own }: InputProps) {
  return <input {...own} type="date" value={asText(value)} onChange={(event) => onChange(event.target.value)} />;
}

export function DateTimeInput({ value, onChange, own }: InputProps) {
  const { offsetMinutes } = useReader();
  const shown = typeof value === 'number' ? localDateTime(value, offsetMinutes).replace(' ', 'T') : '';
  return (
    <input
      {...own}
      type="datetime-local"
      value={shown}
      onChange={(event) => onChange(instantIn(event.target.value, offsetMinutes))}
    />
  );
}

/** @param text `YYYY-MM-DDTHH:mm`; anything else is no time */
function instantIn(text: string, offsetMinutes: number): number | null {
  const [date = '', time = ''] = text.split('T');
  const [hours = NaN, minutes = NaN] = time.split(':').map(Number);
  const at = isDate(date) ? instantOf(date, hours * 60 + minutes, offsetMinutes) : NaN;
  return Number.isFinite(at) ? at : null;
}
