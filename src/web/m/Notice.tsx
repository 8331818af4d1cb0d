/** What went wrong and what to do next, or that it worked. */
import type { ReactNode } from 'react';
import { problemOf } from './problem.ts';
import { useReader } from './reader.tsx';

export function Notice({ tone, children }: { tone: 'bad' | 'good' | 'plain'; children: ReactNode }) {
  return (
    <p className={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'} data-testid="notice">
      {children}
    </p>
  );
}

/** The service's own words, or that it could not be reached. */
export function useProblemText(): (error: unknown) => string {
  const { say } = useReader();
  return (error) => problemOf(error)?.detail ?? say('unreached');
}

export function ErrorNotice({ error }: { error: unknown }) {
  const textOf = useProblemText();
  return error ? <Notice tone="bad">{textOf(error)}</Notice> : null;
}
