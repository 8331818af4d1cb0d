import type { Person, Platform } from '../client.ts';
import { Icon } from './Icon.tsx';

/** White text on each of these keeps 4.5 : 1. */
const COLOURS = ['#3462b3', '#8a4f9e', '#2f7560', '#a3502f', '#5a5fb5', '#9c4466', '#47702c', '#2c6f8f'];

interface AvatarProps {
  name: string;
  userid: string;
  /** Marked on the avatar, where people of both stand together. */
  platforms?: readonly Platform[];
}

/** A person as a coloured square with the end of the name, as chat programs in China do. */
export function Avatar({ name, userid, platforms = [] }: AvatarProps) {
  const sum = [...userid].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  return (
    <span className="avatar" style={{ background: COLOURS[sum % COLOURS.length] }} aria-hidden="true">
      {[...name].slice(-2).join('')}
      {platforms.length > 0 && (
        <span className="marks">
          {platforms.map((platform) => (
            <span key={platform} className={`mark platform-${platform}`}>
              {MARK[platform]}
            </span>
          ))}
        </span>
      )}
    </span>
  );
}

export function AppAvatar() {
  return (
    <span className="avatar avatar-app" aria-hidden="true">
      <Icon name="check" />
    </span>
  );
}

const MARK: Readonly<Record<Platform, string>> = { wecom: '企', dingtalk: '钉' };

/** Their own platform first, then the other one for whoever is there, too. */
export function platformsOf({ platform, elsewhere }: Pick<Person, 'platform' | 'elsewhere'>): Platform[] {
  return elsewhere === null ? [platform] : [platform, platform === 'wecom' ? 'dingtalk' : 'wecom'];
}
