/** Choices: one of some, several of some, yes or no, marks. */
import { useReader } from '../reader.tsx';
import { asText, asTexts, type InputProps } from './input.ts';

/** The input lies over its label, unseen: whoever taps the chip taps the input. */
export const chipOf = (chosen: boolean): string => (chosen ? 'chip chip-on' : 'chip');

export function RadioInput({ field, value, onChange, own, labelId }: InputProps) {
  return (
    <div {...groupOf(own)} role="radiogroup" aria-labelledby={labelId} aria-required={own['aria-required']}>
      {field.options.map((option) => (
        <label key={option.value} className={chipOf(value === option.value)}>
          <input
            type="radio"
            name={own.id}
            value={option.value}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

export function ChecksInput({ field, value, onChange, own, labelId }: InputProps) {
  const chosen = asTexts(value);
  const toggle = (one: string) => {
    const next = chosen.includes(one) ? chosen.filter((other) => other !== one) : [...chosen, one];
    // In the order of the options, whatever the order of the taps.
    onChange(field.options.map((option) => option.value).filter((option) => next.includes(option)));
  };
  return (
    <div {...groupOf(own)} role="group" aria-labelledby={labelId}>
      {field.options.map((option) => (
        <label key={option.value} className={chipOf(chosen.includes(option.value))}>
          <input type="checkbox" checked={chosen.includes(option.value)} onChange={() => toggle(option.value)} />
          {option.label}
        </label>
      ))}
    </div>
  );
}

export function SelectInput({ field, value, onChange, own }: InputProps) {
  const { say } = useReader();
  const present = asText(value);
  return (
    <select {...own} value={present} onChange={(event) => onChange(event.target.value)}>
      {(!field.required || present === '') && <option value="">{field.placeholder || say('choose')}</option>}
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

export function SwitchInput({ value, onChange, own }: InputProps) {
  const { say } = useReader();
  return (
    <label className="switch">
      <input
        {...own}
        type="checkbox"
        role="switch"
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className="switch-track" aria-hidden="true" />
      <span aria-hidden="true">{value === true ? say('yes') : say('no')}</span>
    </label>
  );
}

const MOST_STARS = 5;

export function RatingInput({ field, value, onChange, own, labelId }: InputProps) {
  const { say } = useReader();
  const max = Math.max(1, Math.min(10, Math.floor(field.max ?? MOST_STARS)));
  return (
    <div {...groupOf(own, 'stars')} role="radiogroup" aria-labelledby={labelId} aria-required={own['aria-required']}>
      {Array.from({ length: max }, (_, i) => i + 1).map((mark) => (
        <label key={mark} className={typeof value === 'number' && mark <= value ? 'star star-on' : 'star'}>
          <input
            type="radio"
            name={own.id}
            checked={value === mark}
            aria-label={say('stars', mark, max)}
            onChange={() => onChange(mark)}
          />
          <span aria-hidden="true">★</span>
        </label>
      ))}
    </div>
  );
}

/** A group gets the focus when something is wrong with it, but no stop of its own on the way. */
export const groupOf = (own: InputProps['own'], className = 'chips') => ({
  id: own.id,
  'data-testid': own['data-testid'],
  'aria-describedby': own['aria-describedby'],
  className: own['aria-invalid'] ? `${className} wrong` : className,
  tabIndex: -1,
});
