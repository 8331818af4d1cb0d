/** Moving between pages without loading them anew. */
import { useCallback, useEffect, useState, type AnchorHTMLAttributes, type MouseEvent } from 'react';
import { addressOf, pageAt, type Page } from './address.ts';
import { seat } from './seat.ts';

const here = (): Page => pageAt(location.pathname, location.search);

/** @param replace the present page is not to be come back to */
export function go(page: Page, replace = false): void {
  const address = addressOf(page, seat);
  if (replace) history.replaceState(null, '', address);
  else history.pushState({ inside: true }, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo(0, 0);
}

/** The page before, when it was one of ours; else the home page. */
export function goBack(): void {
  const state: unknown = history.state;
  if (typeof state === 'object' && state !== null && 'inside' in state) history.back();
  else go({ page: 'home', tab: 'todo' });
}

export function usePage(): Page {
  const [page, setPage] = useState(here);
  const follow = useCallback(() => setPage(here()), []);
  useEffect(() => {
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, [follow]);
  return page;
}

/** A real link, so that keyboard, screen readers and "open in a new tab" work. */
export function PageLink({ to, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { to: Page }) {
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={addressOf(to, seat)} onClick={open} />;
}
