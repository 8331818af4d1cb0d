/** The inputs of a template card: one dropdown with buttons, a vote, or dropdowns with a submit button. */
import type { CardBody, CardButton, CardQuestion } from '../client.ts';
import type { Answers } from './answers.ts';
import { useLanguage } from './language.tsx';
import { PhoneLink } from './opening.tsx';

interface CardControlsProps {
  card: CardBody;
  answers: Answers;
  isBusy: boolean;
  isClickable: boolean;
  /** Grey words in the place of buttons and submit. */
  replaced: string | undefined;
  onAnswer: (question: string, ids: readonly string[]) => void;
  onPress: (key: string) => void;
}

export function CardControls(props: CardControlsProps) {
  const { say } = useLanguage();
  const { card, answers, isBusy, isClickable, replaced, onAnswer, onPress } = props;
  const { button_selection, select_list = [], checkbox, submit_button: submit, button_list: buttons = [] } = card;
  const dropdowns = [...(button_selection ? [button_selection] : []), ...select_list];
  const isOff = isBusy || !isClickable;
  const isUnanswered = checkbox !== undefined && answers[checkbox.question_key]?.length === 0;
  return (
    <>
      {dropdowns.map((question) => (
        <Dropdown key={question.question_key} question={question} answers={answers} isOff={isOff} onAnswer={onAnswer} />
      ))}
      {checkbox && <Vote checkbox={checkbox} answers={answers} isOff={isOff} onAnswer={onAnswer} />}
      {replaced !== undefined && (
        <p className="card-replaced" data-testid="replaced">
          {replaced}
        </p>
      )}
      {replaced === undefined && buttons.length > 0 && (
        <div className={`card-buttons ${columnsFor(buttons)}`}>
          {buttons.map((button) => (
            <Button key={button.key ?? button.text} button={button} isOff={isOff} onPress={onPress} />
          ))}
        </div>
      )}
      {replaced === undefined && submit && (
        <div className="card-buttons">
          <button
            type="button"
            className="style-1"
            data-key={submit.key}
            disabled={isOff || isUnanswered}
            onClick={() => onPress(submit.key)}
          >
            {submit.text ?? say('submit')}
          </button>
        </div>
      )}
    </>
  );
}

interface InputProps {
  answers: Answers;
  isOff: boolean;
  onAnswer: (question: string, ids: readonly string[]) => void;
}

function Dropdown({ question, answers, isOff, onAnswer }: InputProps & { question: CardQuestion }) {
  const { question_key: key, title, option_list: options } = question;
  return (
    <label className="card-select">
      <span>{title}</span>
      <select
        data-question={key}
        value={answers[key]?.[0] ?? ''}
        disabled={isOff || question.disable}
        onChange={(event) => onAnswer(key, [event.target.value])}
      >
        {options.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Vote({ checkbox, answers, isOff, onAnswer }: InputProps & { checkbox: NonNullable<CardBody['checkbox']> }) {
  const { question_key: key, mode, disable, option_list: options } = checkbox;
  const chosen = answers[key] ?? [];
  const isMany = mode === 1;
  const choose = (id: string, isChecked: boolean) =>
    onAnswer(key, isMany ? options.map((o) => o.id).filter((o) => (o === id ? isChecked : chosen.includes(o))) : [id]);
  return (
    <fieldset className="card-vote" data-question={key} disabled={isOff || disable}>
      {options.map(({ id, text }) => (
        <label key={id}>
          <input
            type={isMany ? 'checkbox' : 'radio'}
            data-option={id}
            checked={chosen.includes(id)}
            onChange={(event) => choose(id, event.target.checked)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Button({ button, isOff, onPress }: { button: CardButton; isOff: boolean; onPress: (key: string) => void }) {
  const { type, text, style = 1, key = '', url = '' } = button;
  if (type === 1)
    return (
      <PhoneLink className={`style-${style}`} href={url}>
        {text}
      </PhoneLink>
    );
  return (
    <button type="button" className={`style-${style}`} data-key={key} disabled={isOff} onClick={() => onPress(key)}>
      {text}
    </button>
  );
}

/** Short words stand three in a row, others two; a single one takes the whole width. */
function columnsFor(buttons: readonly CardButton[]): string {
  if (buttons.length === 1) return '';
  const isShort = buttons.every(({ text }) => [...text].length <= 4);
  return isShort && buttons.length % 3 === 0 ? 'three' : 'two';
}
