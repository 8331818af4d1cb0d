/** The "…" of a card: up to three more actions that call the app. */
import { useEffect, useId, useRef, useState } from 'react';
import type { CardBody } from '../client.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';

interface CardMenuProps {
  menu: NonNullable<CardBody['action_menu']>;
  isBusy: boolean;
  onPress: (key: string) => void;
}

export function CardMenu({ menu, isBusy, onPress }: CardMenuProps) {
  const { say } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const listId = useId();
  useEffect(() => {
    if (!isOpen) return undefined;
    const onElsewhere = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', onElsewhere);
    return () => document.removeEventListener('pointerdown', onElsewhere);
  }, [isOpen]);
  const press = (key: string) => {
    setOpen(false);
    onPress(key);
  };
  return (
    <div className="menu" ref={box} onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
      <button
        type="button"
        className="menu-button"
        data-testid="card-menu"
        aria-label={menu.desc ?? say('more')}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div className="menu-list" id={listId}>
          {menu.desc && <p>{menu.desc}</p>}
          {menu.action_list.map(({ text, key }) => (
            <button key={key} type="button" data-key={key} disabled={isBusy} onClick={() => press(key)}>
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
