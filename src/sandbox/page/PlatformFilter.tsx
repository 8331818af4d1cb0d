import type { Person, Platform } from '../client.ts';
import { useLanguage } from './language.tsx';

export const PLATFORMS: readonly Platform[] = ['wecom', 'dingtalk'];

/** The first corp fills the screen: without it nobody would find the second. */
export function PlatformFilter({
  people,
  only,
  onOnly,
}: {
  people: readonly Person[];
  only: Platform | null;
  onOnly: (only: Platform | null) => void;
}) {
  const { say } = useLanguage();
  const there = PLATFORMS.filter((platform) => people.some((person) => person.platform === platform));
  if (there.length < 2) return null;
  return (
    <div className="filter" role="group" aria-label={say('filter')}>
      {[null, ...there].map((one) => (
        <button key={one} type="button" aria-pressed={one === only} onClick={() => onOnly(one)}>
          {one === null ? say('all') : say(one)}
        </button>
      ))}
    </div>
  );
}
