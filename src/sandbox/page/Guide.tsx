/** The first visit in three steps, told with the names of this organisation. A phone has room for one step at a time. */
import { useState } from 'react';
import type { Cast } from './cast.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { ACROSS_SENTENCE, FIRST_SENTENCE } from './words.ts';

interface GuideProps {
  cast: Cast;
  isPhone: boolean;
  /** Puts the words into this person's input, and the other one's chat beside it. */
  onFill: (text: string, userid: string, other?: string) => void;
  onClose: () => void;
}

export function Guide({ cast, isPhone, onFill, onClose }: GuideProps) {
  const { requester, engineer, supervisor } = cast;
  const { say } = useLanguage();
  const [step, setStep] = useState(0);
  const fill = () => {
    onFill(FIRST_SENTENCE, requester.userid);
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
  const across = <Across cast={cast} onFill={onFill} />;
  const count = steps.length + (cast.across ? 1 : 0);
  return (
    <aside className="guide" aria-label={say('guide')}>
      <header>
        <h2>{say('guide')}</h2>
        {isPhone && (
          <button type="button" className="guide-next" onClick={() => setStep((step + 1) % count)}>
            {step + 1} / {count}
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
      {(!isPhone || step === steps.length) && across}
    </aside>
  );
}

/** One ticket on both platforms. */
function Across({ cast: { requester, across }, onFill }: Pick<GuideProps, 'cast' | 'onFill'>) {
  const { say } = useLanguage();
  if (!across) return null;
  return (
    <p className="guide-across">
      <span className="tag">{say('across')}</span>
      <span>
        {say('acrossAsk', requester.name, say(requester.platform))} <q>{ACROSS_SENTENCE}</q>
        {say('acrossDo', across.name, say(across.platform))}
      </span>
      <button
        type="button"
        className="guide-fill"
        data-testid="guide-across"
        onClick={() => onFill(ACROSS_SENTENCE, requester.userid, across.userid)}
      >
        {say('acrossFill')}
      </button>
    </p>
  );
}
