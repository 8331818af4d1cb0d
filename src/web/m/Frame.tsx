/** A page's frame: its bar with the way back, and its title, which gets the focus when the page opens. */
import { useEffect, useRef, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { goBack } from './navigation.tsx';
import { useReader } from './reader.tsx';

interface FrameProps {
  readonly title: string;
  /** Before the title, in small. */
  readonly above?: ReactNode;
  readonly interrupted?: boolean;
  readonly children: ReactNode;
}

export function Frame({ title, above, interrupted = false, children }: FrameProps) {
  const { say } = useReader();
  return (
    <>
      <header className="bar">
        <button type="button" className="icon-button" aria-label={say('back')} onClick={goBack}>
          <Icon name="back" />
        </button>
        <span className="bar-title">{above}</span>
      </header>
      {interrupted && <Interrupted />}
      <main className="page">
        <Title text={title} />
        {children}
      </main>
    </>
  );
}

export function Interrupted() {
  const { say } = useReader();
  return (
    <p className="interrupted" role="status">
      {say('reconnecting')}
    </p>
  );
}

export function Title({ text }: { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = text;
  }, [text]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {text}
    </h1>
  );
}
