/** On a phone one chat is shown at a time; this bar switches between people and opens the list. */
import type { Person } from '../client.ts';
import { Avatar, platformsOf } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { UnreadBadge } from './PeopleList.tsx';

interface PersonBarProps {
  people: readonly Person[];
  current: string | null;
  unread: Readonly<Record<string, number>>;
  onSwitch: (userid: string) => void;
  onPick: () => void;
}

export function PersonBar({ people, current, unread, onSwitch, onPick }: PersonBarProps) {
  const { say } = useLanguage();
  return (
    <nav className="bar" aria-label={say('people')}>
      <div className="bar-people">
        {people.map(({ userid, name, platform, elsewhere }) => (
          <button
            key={userid}
            type="button"
            className="bar-person"
            data-testid={`tab-${userid}`}
            aria-current={userid === current}
            aria-label={say('switchTo', name, say(platform))}
            onClick={() => onSwitch(userid)}
          >
            <Avatar name={name} userid={userid} platforms={platformsOf({ platform, elsewhere })} />
            <span className="bar-name">{name}</span>
            <UnreadBadge count={unread[userid] ?? 0} />
          </button>
        ))}
      </div>
      <button
        type="button"
        className="icon-button"
        data-testid="pick-people"
        aria-label={say('pick')}
        title={say('pick')}
        onClick={onPick}
      >
        <Icon name="plus" />
      </button>
    </nav>
  );
}
