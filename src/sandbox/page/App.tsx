/** The chat page: whom one can be on the left, their phones side by side; on a phone one at a time. */
import { useMemo } from 'react';
import { castOf } from './cast.ts';
import { Columns } from './Columns.tsx';
import { Guide } from './Guide.tsx';
import { useLanguage } from './language.tsx';
import { Navigation } from './Navigation.tsx';
import { newsByPerson } from './room.ts';
import { useChats } from './useChats.ts';
import { useDrafts } from './useDrafts.ts';
import { useGuide } from './useGuide.ts';
import { usePeople } from './usePeople.ts';
import { useIsPhone, useShown } from './useShown.ts';
import { useTabs } from './useTabs.ts';

export function App() {
  const { say } = useLanguage();
  const { people, state, reload } = usePeople();
  const { shown, current, open, close, openOnly } = useShown(people);
  const isPhone = useIsPhone();
  const watched = useMemo(() => (isPhone ? shown.filter((one) => one === current) : shown), [isPhone, shown, current]);
  const tabs = useTabs(watched);
  const desk = useChats(people, watched, tabs.rooms);
  const [drafts, draft] = useDrafts();
  const guide = useGuide();
  const cast = castOf(people);
  const fill = (text: string, userid: string, other?: string) => {
    if (other === undefined) open(userid);
    else openOnly([userid, other]);
    tabs.choose(userid, 'direct');
    draft(userid, text);
  };

  if (state === 'failed') return <Lost onRetry={reload} />;
  return (
    <div className={isPhone ? 'app app-phone' : 'app'}>
      {!desk.connected && (
        <p className="offline" role="status">
          {say('reconnecting')}
        </p>
      )}
      <Navigation
        people={people}
        shown={shown}
        current={current}
        unread={newsByPerson(desk.chats.unread)}
        isPhone={isPhone}
        onOpen={open}
        onClose={close}
        onGuide={guide.isShown ? undefined : guide.show}
      />
      <main className="desk">
        {guide.isShown && cast && <Guide cast={cast} isPhone={isPhone} onClose={guide.hide} onFill={fill} />}
        {state === 'ready' && watched.length === 0 && <p className="choose">{say('choose')}</p>}
        <Columns
          people={people}
          watched={watched}
          desk={desk}
          drafts={drafts}
          tabOf={tabs.tabOf}
          onDraft={draft}
          onTab={tabs.choose}
          onClose={isPhone ? undefined : close}
        />
      </main>
    </div>
  );
}

function Lost({ onRetry }: { onRetry: () => void }) {
  const { say } = useLanguage();
  return (
    <main className="lost" role="alert">
      <p>{say('cannotLoad')}</p>
      <button type="button" onClick={onRetry}>
        {say('retry')}
      </button>
    </main>
  );
}
