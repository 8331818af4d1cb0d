/** The list of people with the page's own switches; on a phone it covers the screen until somebody is picked. */
import type { Person } from '../client.ts';
import { AppAvatar } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { PeopleList } from './PeopleList.tsx';

interface SidebarProps {
  people: readonly Person[];
  shown: readonly string[];
  unread: Readonly<Record<string, number>>;
  /** Absent while the guide is shown. */
  onGuide: (() => void) | undefined;
  onToggle: (userid: string) => void;
  /** Present where the list covers the chat. */
  onDone: (() => void) | undefined;
}

export function Sidebar({ people, shown, unread, onGuide, onToggle, onDone }: SidebarProps) {
  const { say, toggle } = useLanguage();
  return (
    <aside className="sidebar" aria-label={say('pick')}>
      <header className="brand">
        <AppAvatar />
        <div>
          <h1>{say('title')}</h1>
          <p>{say('subtitle')}</p>
        </div>
        {onDone && (
          <button type="button" className="back" data-testid="picked" onClick={onDone}>
            {say('back')}
          </button>
        )}
      </header>
      <PeopleList people={people} shown={shown} unread={unread} onToggle={onToggle} />
      <footer className="sidebar-foot">
        <button type="button" onClick={toggle}>
          {say('language')}
        </button>
        {onGuide && (
          <button type="button" onClick={onGuide}>
            <Icon name="help" />
            {say('showGuide')}
          </button>
        )}
      </footer>
    </aside>
  );
}
