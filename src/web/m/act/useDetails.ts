/** What a person has said and chosen so far for an act; texts and entries survive a reload until they are sent. */
import { useMemo, useState } from 'react';
import type { FormState } from '../../../http/contract/form.ts';
import type { ActPart, TicketWhole } from '../../../http/contract/ticket.ts';
import type { Part } from '../../../flow/acts.ts';
import type { Value } from '../../../form/field.ts';
import { call } from '../api.ts';
import { asIds } from '../field/input.ts';
import { type FormDesk, useForm } from '../field/useForm.ts';
import { useReader } from '../reader.tsx';
import { hasForm, namedFor, type Offer, partOf } from './chosen.ts';
import { useKeptText } from './useKeptText.ts';
import type { ActDetails } from './useActing.ts';

type Given = Readonly<Partial<Record<Part, Value>>>;

export interface Details {
  readonly desk: FormDesk;
  readonly withForm: boolean;
  /** What is chosen beside the form, in the order in which it is asked for. */
  readonly choices: readonly ActPart[];
  readonly given: Given;
  readonly give: (part: Part, value: Value) => void;
  /** null: nothing is to be said. */
  readonly reason: ActPart | null;
  readonly comment: string;
  readonly setComment: (text: string) => void;
  /** In words; `''`: it can be sent. */
  readonly missing: () => string;
  readonly toSend: () => ActDetails;
  readonly forget: () => void;
}

const NO_FORM: FormState = { fields: [], problems: [], live: false, files: [] };
const ELSEWHERE: readonly Part[] = ['values', 'comment', 'files'];

/** @param name under which it is kept */
export function useDetails(ticket: TicketWhole, offer: Offer, name: string): Details {
  const { say } = useReader();
  const withForm = hasForm(offer);
  const desk = useStepForm(ticket.id, offer, `${name}-form`);
  const [comment, setComment, forgetComment] = useKeptText(name);
  const [given, setGiven] = useState<Given>(() => onlyOptions(offer));
  const choices = choicesOf(offer, given);
  const reason = reasonOf(offer, withForm, given);

  const missing = (): string => {
    if (desk.uploading > 0) return say('stillUploading');
    const open = choices.find(({ part, required }) => required && isEmpty(given[part]));
    if (open) return say('needPart', open.label);
    return reason?.required && !comment.trim() && !hasFiles(offer, desk) ? say('needReason', reason.label) : '';
  };
  const toSend = (): ActDetails => {
    const files = partOf(offer, 'files') ? asIds(desk.entries['files'] ?? null) : [];
    const chosen = choices.flatMap(({ part }) => (isEmpty(given[part]) ? [] : [[part, given[part]] as const]));
    return {
      ...(withForm ? { values: desk.toSend() } : {}),
      ...(comment.trim() ? { comment: comment.trim() } : {}),
      ...(files.length > 0 ? { files: [...files] } : {}),
      // Each by the input of its own part, which gives just what the body takes.
      ...(Object.fromEntries(chosen) as ActDetails),
    };
  };
  const forget = () => {
    desk.clear();
    forgetComment();
  };
  const give = (part: Part, value: Value) => setGiven((before) => ({ ...before, [part]: value }));
  return { desk, withForm, choices, given, give, reason, comment, setComment, missing, toSend, forget };
}

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A picture says enough by itself. */
const hasFiles = (offer: Offer, desk: FormDesk): boolean =>
  partOf(offer, 'files') !== null && asIds(desk.entries['files'] ?? null).length > 0;

/** Straight back can only be chosen for a step from which it is possible. */
function choicesOf(offer: Offer, given: Given): readonly ActPart[] {
  const target = partOf(offer, 'to')?.options?.find(({ id }) => id === given.to);
  return offer.parts
    .filter(({ part }) => !ELSEWHERE.includes(part) && (part !== 'then' || (target?.mayResume ?? false)))
    .filter(({ requiredIf }) => !requiredIf || isAsked(requiredIf, given))
    .map((part) => withRequired(part, given));
}

const isAsked = ({ part, is }: NonNullable<ActPart['requiredIf']>, given: Given): boolean =>
  is.some((one) => one === given[part]);

const withRequired = (part: ActPart, given: Given): ActPart =>
  part.requiredIf && isAsked(part.requiredIf, given) ? { ...part, required: true } : part;

/** A step with a form of its own is asked nothing more, unless it must be. */
function reasonOf(offer: Offer, withForm: boolean, given: Given): ActPart | null {
  const own = partOf(offer, 'comment');
  const part = own && withRequired(own, given);
  return part && (part.required || !withForm) ? part : null;
}

/** The only place to go back to, or the only one to be taken off, needs no choice. */
function onlyOptions(offer: Offer): Given {
  const only = offer.parts.flatMap(({ part, required, options }) => {
    const named = namedFor(offer, part);
    const ids = named && !named.others ? named.people.map(({ id }) => id) : (options ?? []).map(({ id }) => id);
    return required && ids.length === 1 ? [[part, ids[0]] as const] : [];
  });
  return Object.fromEntries(only);
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
