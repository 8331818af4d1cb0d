/** What a person has said and chosen so far for an act; texts and entries survive a reload until they are sent. */
import { useMemo, useState } from 'react';
import type { FormState } from '../../../http/contract/form.ts';
import type { TicketWhole } from '../../../http/contract/ticket.ts';
import { call } from '../api.ts';
import { asIds } from '../field/input.ts';
import { type FormDesk, useForm } from '../field/useForm.ts';
import { useReader } from '../reader.tsx';
import { hasForm, type Offer } from './chosen.ts';
import { useKeptText } from './useKeptText.ts';
import type { ActDetails } from './useActing.ts';
import { type Reason, useReason } from './useReason.ts';

export interface Details {
  readonly desk: FormDesk;
  readonly withForm: boolean;
  readonly reason: Reason;
  readonly comment: string;
  readonly setComment: (text: string) => void;
  readonly to: ActDetails['to'];
  readonly setTo: (to: ActDetails['to']) => void;
  /** In words; `''`: it can be sent. */
  readonly missing: () => string;
  readonly toSend: () => ActDetails;
  readonly forget: () => void;
}

const NO_FORM: FormState = { fields: [], problems: [], live: false, files: [] };

/** @param name under which it is kept */
export function useDetails(ticket: TicketWhole, offer: Offer, name: string): Details {
  const { say } = useReader();
  const withForm = hasForm(offer);
  const desk = useStepForm(ticket.id, offer, `${name}-form`);
  const [comment, setComment, forgetComment] = useKeptText(name);
  const [to, setTo] = useState<ActDetails['to']>(onlyTarget(offer));
  const reason = useReason(ticket, offer);

  const missing = (): string => {
    if (desk.uploading > 0) return say('stillUploading');
    if (offer.act === 'transfer' && to === undefined) return say('needPerson');
    if (offer.act === 'return' && to === undefined) return say('needTarget');
    return reason.required && !comment.trim() ? say('needReason', reason.label) : '';
  };
  const toSend = (): ActDetails => {
    const files = offer.act === 'comment' ? asIds(desk.entries['files'] ?? null) : [];
    return {
      ...(withForm ? { values: desk.toSend() } : {}),
      ...(comment.trim() ? { comment: comment.trim() } : {}),
      ...(files.length > 0 ? { files: [...files] } : {}),
      ...(to === undefined ? {} : { to }),
    };
  };
  const forget = () => {
    desk.clear();
    forgetComment();
  };
  return { desk, withForm, reason, comment, setComment, to, setTo, missing, toSend, forget };
}

/** The only place to go back to needs no choice. */
function onlyTarget(offer: Offer): ActDetails['to'] {
  const targets = offer.act === 'return' ? (offer.possible?.returnTargets ?? []) : [];
  return targets.length === 1 ? targets[0]?.id : undefined;
}

function useStepForm(id: number, offer: Offer, keep: string): FormDesk {
  const first = useMemo(() => offer.possible?.form ?? NO_FORM, [offer.possible]);
  return useForm({
    first,
    keep,
    ask: (values, signal) =>
      offer.possible && hasForm(offer)
        ? call('taskFormState', { params: { id, task: offer.possible.n }, body: { values }, signal })
        : Promise.resolve(first),
  });
}
