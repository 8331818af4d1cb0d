/** A substitute to be named: who, from when until when, for which templates. The service judges it. */
import { useRef, useState, type FC, type FormEvent } from 'react';
import type { Substitute } from '../../../http/contract/away.ts';
import type { FormColumn } from '../../../http/contract/form.ts';
import { ChecksInput, RadioInput } from '../field/ChoiceInputs.tsx';
import type { InputProps } from '../field/input.ts';
import { PersonInput } from '../field/PickInputs.tsx';
import { DateTimeInput } from '../field/TimeInputs.tsx';
import { focusFirstWrong } from '../focusFirstWrong.ts';
import { ErrorNotice } from '../Notice.tsx';
import { fieldProblemsOf } from '../problem.ts';
import { useReader } from '../reader.tsx';
import { Sheet } from '../Sheet.tsx';
import { type Part, useWish, type Wish } from './useWish.ts';

interface AddSheetProps {
  /** Of the templates, by key. */
  readonly names: ReadonlyMap<string, string>;
  readonly onClose: () => void;
  readonly onDone: (made: Substitute) => void;
}

const NAME = 'substitute';

export function AddSheet({ names, onClose, onDone }: AddSheetProps) {
  const { say } = useReader();
  const form = useRef<HTMLFormElement>(null);
  const wish = useWish();
  const [all, setAll] = useState('all');
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await wish.send(all === 'all');
    if (made) onDone(made);
    else focusFirstWrong(form);
  };
  const foot = (
    <>
      {fieldProblemsOf(wish.error).length === 0 && <ErrorNotice error={wish.error} />}
      <button type="submit" form={NAME} className="button button-main" data-testid="submit" disabled={wish.busy}>
        {wish.busy ? say('sending') : say('setSubstitute')}
      </button>
    </>
  );
  const scopes = [
    { value: 'all', label: say('allTemplates') },
    { value: 'some', label: say('someTemplates') },
  ];
  return (
    <Sheet title={say('addSubstitute')} name={NAME} onClose={onClose} foot={foot}>
      <form id={NAME} ref={form} noValidate onSubmit={(event) => void onSubmit(event)}>
        <Row part="substitute" type="person" Input={PersonInput} wish={wish} />
        <div className="away-times">
          <Row part="from" type="datetime" Input={DateTimeInput} wish={wish} />
          <Row part="until" type="datetime" Input={DateTimeInput} wish={wish} />
        </div>
        <div className="field">
          <span className="label" id="away-scope-label">
            {say('scope')}
          </span>
          <RadioInput
            field={{ ...columnOf('scope', 'radio', say('scope')), options: scopes }}
            value={all}
            onChange={(value) => setAll(value === 'some' ? 'some' : 'all')}
            text=""
            own={{ ...ownOf('scope'), 'aria-describedby': undefined, 'aria-invalid': undefined }}
            labelId="away-scope-label"
          />
        </div>
        {all === 'some' && (
          <Row
            part="templates"
            type="multiselect"
            Input={ChecksInput}
            wish={wish}
            options={[...names].map(([value, label]) => ({ value, label }))}
          />
        )}
      </form>
    </Sheet>
  );
}

interface RowProps {
  readonly part: Part;
  readonly type: FormColumn['type'];
  readonly Input: FC<InputProps>;
  readonly wish: Wish;
  readonly options?: FormColumn['options'];
}

function Row({ part, type, Input, wish, options = [] }: RowProps) {
  const { say } = useReader();
  const own = ownOf(part);
  const problem = wish.problemOf(part);
  return (
    <div className={problem ? 'field field-wrong' : 'field'}>
      <label id={`${own.id}-label`} htmlFor={own.id}>
        {say(part)}
      </label>
      <Input
        field={{ ...columnOf(part, type, say(part)), options }}
        value={wish.values[part]}
        onChange={(value) => wish.give(part, value)}
        text=""
        own={{
          ...own,
          'aria-describedby': problem ? `${own.id}-problem` : undefined,
          'aria-invalid': problem ? true : undefined,
        }}
        labelId={`${own.id}-label`}
      />
      {problem && (
        <p id={`${own.id}-problem`} className="problem" data-testid={`problem-${part}`}>
          {problem}
        </p>
      )}
    </div>
  );
}

const ownOf = (part: string) =>
  ({ id: `away-${part}`, 'data-testid': `field-${part}`, 'aria-required': true }) as const;

const columnOf = (id: string, type: FormColumn['type'], label: string): FormColumn => ({
  ...{ id, type, label, help: '', placeholder: '', unit: '', means: null, options: [] },
  ...{ min: null, max: null, currency: '', required: true, writable: true },
});
