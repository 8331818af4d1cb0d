/** The form of a new ticket, with what is needed to send it. */
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { FormState } from '../../../http/contract/form.ts';
import type { TemplateLine } from '../../../http/contract/template.ts';
import type { Receipt } from '../../../http/contract/ticket.ts';
import type { Value } from '../../../form/field.ts';
import { Form } from '../field/Form.tsx';
import { useForm } from '../field/useForm.ts';
import { focusFirstWrong } from '../focusFirstWrong.ts';
import { Frame } from '../Frame.tsx';
import { Notice } from '../Notice.tsx';
import { go } from '../navigation.tsx';
import { useReader } from '../reader.tsx';
import { useSending } from '../useSending.ts';
import { SendError } from './SendError.tsx';

export interface FilingFormProps {
  readonly template: TemplateLine;
  readonly first: FormState;
  /** Name under which what was typed is kept. */
  readonly keep: string;
  /** Told above the form, instead of that earlier entries are back. */
  readonly note?: string;
  /** Stands above the fields. */
  readonly head?: ReactNode;
  readonly ask: (values: Record<string, Value>, signal: AbortSignal) => Promise<FormState>;
  readonly submit: (values: Record<string, Value>, onceKey: string) => Promise<Receipt>;
}

export function FilingForm({ template, first, keep, note, head, ask, submit }: FilingFormProps) {
  const { say } = useReader();
  const desk = useForm({ first, keep, ask });
  const sending = useSending();
  const form = useRef<HTMLFormElement>(null);
  const [early, setEarly] = useState(false);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setEarly(desk.uploading > 0);
    if (desk.uploading > 0) return;
    await sending.send(async (onceKey) => {
      try {
        const { id } = await submit(desk.toSend(), onceKey);
        desk.clear();
        go({ page: 'ticket', id, opening: null }, true);
      } catch (error) {
        if (desk.refuse(error) > 0) focusFirstWrong(form);
        throw error;
      }
    });
  };
  return (
    <Frame title={template.name}>
      {template.description && <p className="quiet">{template.description}</p>}
      {note && <Notice tone="plain">{note}</Notice>}
      {desk.restored && !note && (
        <p className="notice notice-plain">
          {say('restored')}{' '}
          <button type="button" className="link" onClick={desk.clear}>
            {say('startOver')}
          </button>
        </p>
      )}
      <form ref={form} className="panel" noValidate onSubmit={(event) => void onSubmit(event)}>
        {head}
        <Form desk={desk} />
        <div className="act-bar">
          <div className="act-bar-in">
            {early && desk.uploading > 0 && <Notice tone="bad">{say('stillUploading')}</Notice>}
            <SendError error={sending.error} left={desk.refused.length} />
            <button type="submit" className="button button-main" data-testid="submit" disabled={sending.busy}>
              {sending.busy ? say('sending') : say('send')}
            </button>
          </div>
        </div>
      </form>
    </Frame>
  );
}
