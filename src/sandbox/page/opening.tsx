/** Opening links inside a person's phone. A page opens over the chat it was opened from, one at a time. */
import { createContext, use, type AnchorHTMLAttributes, type MouseEvent } from 'react';
import type { Platform } from '../client.ts';
import { becomeFor, safeUrl } from './links.ts';

interface Phone {
  readonly userid: string;
  readonly platform: Platform;
  openPage: (url: string) => void;
}

const PhoneContext = createContext<Phone | null>(null);
export const PhoneProvider = PhoneContext;

export function usePhone(): Phone {
  const phone = use(PhoneContext);
  if (!phone) throw new Error('usePhone outside a chat column');
  return phone;
}

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { href: string };

/** A real link, so that keyboard and "open in a new tab" work; a plain click opens inside the phone. */
export function PhoneLink({ href, children, ...rest }: LinkProps) {
  const { userid, openPage } = usePhone();
  const url = safeUrl(href);
  if (!url) return <span {...rest}>{children}</span>;
  const open = (event: MouseEvent) => {
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (elsewhere) return void becomeFor(url, userid);
    event.preventDefault();
    openPage(becomeFor(url, userid));
  };
  return (
    <a {...rest} href={url} target="_blank" rel="noreferrer" onClick={open} onAuxClick={open}>
      {children}
    </a>
  );
}
