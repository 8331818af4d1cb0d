/** Everybody one can be: searchable, whoever has news on top. */
import { useId, useState } from 'react';
import type { Person, Platform } from '../client.ts';
import { Avatar, platformsOf } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { PLATFORMS, PlatformFilter } from './PlatformFilter.tsx';

interface PeopleListProps {
  people: readonly Person[];
  shown: readonly string[];
  unread: Readonly<Record<string, number>>;
  onToggle: (userid: string) => void;
}

export function PeopleList({ people, shown, unread, onToggle }: PeopleListProps) {
  const { say } = useLanguage();
  const [query, setQuery] = useState('');
  const [only, setOnly] = useState<Platform | null>(null);
  const listId = useId();
  const found = people.filter((person) => matches(person, query) && (only === null || person.platform === only));
  const withNews = found.filter(({ userid }) => (unread[userid] ?? 0) > 0);
  const others = found.filter((person) => !withNews.includes(person));
  const items = (list: readonly Person[]) => (
    <ul>
      {list.map((person) => (
        <PersonItem
          key={person.userid}
          person={person}
          isShown={shown.includes(person.userid)}
          unread={unread[person.userid] ?? 0}
          onToggle={onToggle}
        />
      ))}
    </ul>
  );
  return (
    <div className="people">
      <SearchField query={query} onQuery={setQuery} />
      <PlatformFilter people={people} only={only} onOnly={setOnly} />
      <div className="people-scroll">
        {withNews.length > 0 && <h2 className="people-title">{say('withNews')}</h2>}
        {withNews.length > 0 && items(withNews)}
        <p className="people-hint">{say('upToThree')}</p>
        {PLATFORMS.map((platform) => {
          const here = others.filter((person) => person.platform === platform);
          return here.length === 0 ? null : (
            <section key={platform} aria-labelledby={`${listId}${platform}`}>
              <h2 className="people-title" id={`${listId}${platform}`}>
                <span>
                  <span className={`dot platform-${platform}`} />
                  {say(platform)}
                </span>
                <small>{here[0]?.corp}</small>
              </h2>
              {items(here)}
            </section>
          );
        })}
        {found.length === 0 && <p className="people-none">{say('nobody', query)}</p>}
      </div>
    </div>
  );
}

function SearchField({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const { say } = useLanguage();
  const id = useId();
  return (
    <div className="search">
      <Icon name="search" />
      <label className="sr-only" htmlFor={id}>
        {say('search')}
      </label>
      <input
        id={id}
        type="search"
        value={query}
        placeholder={say('search')}
        onChange={(event) => onQuery(event.target.value)}
      />
    </div>
  );
}

function PersonItem({
  person,
  isShown,
  unread,
  onToggle,
}: {
  person: Person;
  isShown: boolean;
  unread: number;
  onToggle: (userid: string) => void;
}) {
  const { say } = useLanguage();
  const { userid, name, departments, position, isHead, platform, elsewhere } = person;
  const other = platform === 'wecom' ? 'dingtalk' : 'wecom';
  return (
    <li>
      <button
        type="button"
        className="person"
        data-testid={`person-${userid}`}
        aria-pressed={isShown}
        onClick={() => onToggle(userid)}
      >
        <Avatar name={name} userid={userid} platforms={platformsOf(person)} />
        <span className="person-words">
          <span className="person-name">
            {name}
            {isHead && <span className="tag">{say('head')}</span>}
            {elsewhere !== null && (
              <span className="tag" title={elsewhere}>
                {say('alsoOn', say(other))}
              </span>
            )}
          </span>
          <span className="sr-only">{say(platform)}</span>
          <span className="person-role">{[departments.join('、'), position].filter(Boolean).join(' · ')}</span>
        </span>
        <UnreadBadge count={unread} />
        {isShown && unread === 0 && <Icon name="check" />}
      </button>
    </li>
  );
}

export function UnreadBadge({ count }: { count: number }) {
  const { say } = useLanguage();
  if (count === 0) return null;
  return (
    <span className="badge">
      <span aria-hidden="true">{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{say('unread', count)}</span>
    </span>
  );
}

function matches({ userid, name, departments, position }: Person, query: string): boolean {
  const words = query.trim().toLowerCase();
  return words === '' || [userid, name, position, ...departments].some((text) => text.toLowerCase().includes(words));
}
