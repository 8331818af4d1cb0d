/** A text that survives a reload until it is sent. */
import { useCallback, useState } from 'react';
import { forget, recall, remember } from '../memory.ts';

export function useKeptText(name: string): [text: string, change: (text: string) => void, forget: () => void] {
  const [text, setText] = useState(() => {
    const kept = recall(name);
    return typeof kept === 'string' ? kept : '';
  });
  const change = useCallback(
    (next: string) => {
      setText(next);
      if (next) remember(name, next);
      else forget(name);
    },
    [name],
  );
  return [text, change, useCallback(() => forget(name), [name])];
}
