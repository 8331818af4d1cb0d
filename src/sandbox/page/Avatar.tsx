import { Icon } from './Icon.tsx';

/** White text on each of these keeps 4.5 : 1. */
const COLOURS = ['#3462b3', '#8a4f9e', '#2f7560', '#a3502f', '#5a5fb5', '#9c4466', '#47702c', '#2c6f8f'];

/** A person as a coloured square with the end of the name, as chat programs in China do. */
export function Avatar({ name, userid }: { name: string; userid: string }) {
  const sum = [...userid].reduce((total, char) => total + (char.codePointAt(0) ?? 0), 0);
  return (
    <span className="avatar" style={{ background: COLOURS[sum % COLOURS.length] }} aria-hidden="true">
      {[...name].slice(-2).join('')}
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
