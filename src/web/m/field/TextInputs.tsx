/** Text of one line and of many; numbers and money, which people may type as they say them (半小时, 1,200元). */
import { useState } from 'react';
import { readNumber } from '../../../form/readNumber.ts';
import type { Value } from '../../../form/field.ts';
import { useReader } from '../reader.tsx';
import { asText, type InputProps } from './input.ts';

export function LineInput({ field, value, onChange, own }: InputProps) {
  return (
    <input
      {...own}
      type="text"
      enterKeyHint="next"
      autoComplete="off"
      placeholder={field.placeholder}
      value={asText(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** Told only when the end comes near. */
const NEARLY = 0.8;

export function LongInput({ field, value, onChange, own }: InputProps) {
  const { say } = useReader();
  const text = asText(value);
  const length = Array.from(text).length;
  return (
    <>
      <textarea
        {...own}
        rows={4}
        placeholder={field.placeholder}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      {field.max !== null && length > field.max * NEARLY && (
        <p className={length > field.max ? 'count count-over' : 'count'}>{say('counted', length, field.max)}</p>
      )}
    </>
  );
}

/** The number that was meant; what can't be read stays a text. */
function numberIn(text: string, unit: string): Value {
  if (!text.trim()) return null;
  const read = readNumber(text, unit);
  return typeof read === 'number' ? read : text;
}

export function NumberInput({ field, value, onChange, own }: InputProps) {
  // What is being typed: `1.` is no number yet, and must not be taken away.
  const [typing, setTyping] = useState<string | null>(null);
  const unit = field.type === 'money' ? (field.currency === 'CNY' ? '元' : field.currency) : field.unit;
  return (
    <span className="with-unit">
      <input
        {...own}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        placeholder={field.placeholder}
        value={typing ?? asText(value)}
        onChange={(event) => {
          setTyping(event.target.value);
          onChange(numberIn(event.target.value, field.unit));
        }}
        onBlur={() => setTyping(null)}
      />
      {unit && <span className="unit">{unit}</span>}
    </span>
  );
}
