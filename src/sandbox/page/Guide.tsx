/** The first visit in three steps, told with the names of this organisation. A phone has room for one step at a time. */
import { useState } from 'react';
import type { Cast } from './cast.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { FIRST_SENTENCE } from './words.ts';

interface GuideProps {
  cast: Cast;
  isPhone: boolean;
  onFill: (userid: string, text: string) => void;
  onClose: () => void;
}

export function Guide({ cast: { requester, engineer, supervisor }, isPhone, onFill, onClose }: GuideProps) {
  const { say } = useLanguage();
  const [step, setStep] = useState(0);
  const fill = () => {
    onFill(requester.userid, FIRST_SENTENCE);
    setStep(1);
  };
  const steps = [
    <>
      {say('step1', requester.name)} <q>{FIRST_SENTENCE}</q>
      <button type="button" className="guide-fill" data-testid="guide-fill" onClick={fill}>
        {say('step1do')}
      </button>
    </>,
    say('step2', engineer.name),
    say('step3', requester.name, supervisor.name),
  ];
  return (
    <aside className="guide" aria-label={say('guide')}>
      <header>
        <h2>{say('guide')}</h2>
        {isPhone && (
          <button type="button" className="guide-next" onClick={() => setStep((step + 1) % steps.length)}>
            {step + 1} / {steps.length}
            <Icon name="next" />
            <span className="sr-only">{say('nextStep')}</span>
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={say('hideGuide')}
          title={say('hideGuide')}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <ol>
        {steps.map((words, index) => (
          <li key={index} hidden={isPhone && index !== step} data-step={index + 1}>
            <div>{words}</div>
          </li>
        ))}
      </ol>
    </aside>
  );
}
