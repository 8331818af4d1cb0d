/** How one gets from person to person: the list beside the chats, or a bar that opens it on a phone. */
import { useState } from 'react';
import type { Person } from '../client.ts';
import { PersonBar } from './PersonBar.tsx';
import { Sidebar } from './Sidebar.tsx';

interface NavigationProps {
  people: readonly Person[];
  shown: readonly string[];
  current: string | null;
  unread: Readonly<Record<string, number>>;
  isPhone: boolean;
  onOpen: (userid: string) => void;
  onClose: (userid: string) => void;
  /** Absent while the guide is shown. */
  onGuide: (() => void) | undefined;
}

export function Navigation({ people, shown, current, unread, isPhone, onOpen, onClose, onGuide }: NavigationProps) {
  const [isPicking, setPicking] = useState(false);
  const andBack = (act: () => void) => () => {
    act();
    setPicking(false);
  };
  return (
    <>
      {isPhone && (
        <PersonBar
          people={inBar(people, shown, unread)}
          current={current}
          unread={unread}
          onSwitch={onOpen}
          onPick={() => setPicking(true)}
        />
      )}
      {(!isPhone || isPicking) && (
        <Sidebar
          people={people}
          shown={shown}
          unread={unread}
          onGuide={onGuide && andBack(onGuide)}
          onToggle={(userid) => andBack(() => (shown.includes(userid) && !isPhone ? onClose : onOpen)(userid))()}
          onDone={isPhone ? () => setPicking(false) : undefined}
        />
      )}
    </>
  );
}

/** The chosen ones in their order, then whoever has news. */
function inBar(
  people: readonly Person[],
  shown: readonly string[],
  unread: Readonly<Record<string, number>>,
): Person[] {
  const chosen = shown.flatMap((userid) => people.find((person) => person.userid === userid) ?? []);
  return [...chosen, ...people.filter(({ userid }) => !shown.includes(userid) && (unread[userid] ?? 0) > 0)];
}
