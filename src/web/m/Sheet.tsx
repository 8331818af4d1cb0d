/** A sheet over the page: from the bottom on a phone, in the middle on a desk. The browser keeps the focus inside. */
import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import { useReader } from './reader.tsx';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Stays in sight below the content. */
  readonly foot?: ReactNode;
  readonly name: string;
}

export function Sheet({ title, onClose, children, foot, name }: SheetProps) {
  const { say } = useReader();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed before it leaves the page, so that the focus goes back to where it came from.
  useLayoutEffect(() => {
    const own = dialog.current;
    own?.showModal();
    return () => own?.close();
  }, []);
  const onOutside = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose();
  };
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={titleId}
      data-testid={`sheet-${name}`}
      onCancel={(event) => {
        // Bubbles from a file input, too, where it means that no file was chosen.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
      onMouseDown={onOutside}
    >
      <div className="sheet-in">
        <header>
          <h2 id={titleId}>{title}</h2>
          <button type="button" className="icon-button" aria-label={say('close')} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div className="sheet-body">{children}</div>
        {foot && <footer>{foot}</footer>}
      </div>
    </dialog>
  );
}
