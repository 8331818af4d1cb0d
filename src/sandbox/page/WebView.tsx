/** A page of the app, opened inside a phone, as the client's own browser does. */
import { useEffect, useRef } from 'react';
import type { Person } from '../client.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';

export function WebView({ url, person, onClose }: { url: string; person: Person; onClose: () => void }) {
  const { say } = useLanguage();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    back.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div
      className="webview"
      role="dialog"
      aria-label={say('pageAs', person.name)}
      data-testid={`page-${person.userid}`}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header>
        <button ref={back} type="button" className="icon-button" aria-label={say('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
        <p>{say('pageAs', person.name)}</p>
        <a
          className="icon-button"
          href={url}
          target="_blank"
          rel="noreferrer"
          aria-label={say('newTab')}
          title={say('newTab')}
        >
          <Icon name="out" />
        </a>
      </header>
      <iframe src={url} title={say('pageAs', person.name)} />
    </div>
  );
}
