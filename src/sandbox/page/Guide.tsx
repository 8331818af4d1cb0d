/** The first visit in three steps, told with the names of this organisation. */
import type { Cast } from './cast.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { FIRST_SENTENCE } from './words.ts';

interface GuideProps {
  cast: Cast;
  onFill: (userid: string, text: string) => void;
  onClose: () => void;
}

export function Guide({ cast: { requester, engineer, supervisor }, onFill, onClose }: GuideProps) {
  const { say } = useLanguage();
  return (
    <aside className="guide" aria-label={say('guide')}>
      <h2>{say('guide')}</h2>
      <ol>
        <li>
          {say('step1', requester.name)}
          <q>{FIRST_SENTENCE}</q>
          <button type="button" data-testid="guide-fill" onClick={() => onFill(requester.userid, FIRST_SENTENCE)}>
            {say('step1do')}
          </button>
        </li>
        <li>{say('step2', engineer.name)}</li>
        <li>{say('step3', requester.name, supervisor.name)}</li>
      </ol>
      <button
        type="button"
        className="icon-button"
        aria-label={say('hideGuide')}
        title={say('hideGuide')}
        onClick={onClose}
      >
        <Icon name="close" />
      </button>
    </aside>
  );
}
