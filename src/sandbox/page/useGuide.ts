/** The guide is there until somebody closes it, and stays closed after that. */
import { useState } from 'react';
import { recall, remember } from './memory.ts';

export interface GuideState {
  readonly isShown: boolean;
  show: () => void;
  hide: () => void;
}

export function useGuide(): GuideState {
  const [isShown, setShown] = useState(() => recall('guide') !== 'closed');
  const change = (next: boolean) => {
    setShown(next);
    remember('guide', next ? 'open' : 'closed');
  };
  return { isShown, show: () => change(true), hide: () => change(false) };
}
