/** Everybody one can be: searchable, whoever has news on top. */
import { useId, useState } from 'react';
import type { Person } from '../client.ts';
import { Avatar } from './Avatar.tsx';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';

interface PeopleListProps {
  people: readonly Person[];
  shown: readonly string[];
  unread: Readonly<Record<string, number>>;
  onToggle: (userid: string) => void;
}

export function PeopleList({ people, shown, unread, onToggle }: PeopleListProps) {
  const { say } = useLanguage();
  const [query, setQuery] = useState('');
  const searchId = useId();
  const found = people.filter((person) => matches(person, query));
  const withNews = found.filter(({ userid }) => (unread[userid] ?? 0) > 0);
  const others = found.filter((person) => !withNews.includes(person));
  const items = (list: readonly Person[]) =>
    list.map((person) => (
      <PersonItem
        key={person.userid}
        person={person}
        isShown={shown.includes(person.userid)}
        unread={unread[person.userid] ?? 0}
        onToggle={onToggle}
      />
    ));
  return (
    <div className="people">
      <div className="search">
        <Icon name="search" />
        <label className="sr-only" htmlFor={searchId}>
          {say('search')}
        </label>
        <input
          id={searchId}
          type="search"
          value={query}
          placeholder={say('search')}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <div className="people-scroll">
        {withNews.length > 0 && <h2 className="people-title">{say('withNews')}</h2>}
        {withNews.length > 0 && <ul>{items(withNews)}</ul>}
        <h2 className="people-title">
          {say('people')}
          <small>{say('upToThree')}</small>
        </h2>
        <ul>{items(others)}</ul>
        {found.length === 0 && <p className="people-none">{say('nobody', query)}</p>}
      </div>
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
  const { userid, name, departments, position, isHead } = person;
  return (
    <li>
      <button
        type="button"
        className="person"
        data-testid={`person-${userid}`}
        aria-pressed={isShown}
        onClick={() => onToggle(userid)}
      >
        <Avatar name={name} userid={userid} />
        <span className="person-words">
          <span className="person-name">
            {name}
            {isHead && <span className="tag">{say('head')}</span>}
          </span>
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
