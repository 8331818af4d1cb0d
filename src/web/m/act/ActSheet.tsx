/** What an act needs: the step's form, a reason, a person, a place to go back to, files. */
import { useRef, useState, type FormEvent } from 'react';
import type { ActPart, TicketWhole } from '../../../http/contract/ticket.ts';
import { inWords } from '../../../lib/locale.ts';
import { Form } from '../field/Form.tsx';
import { SendError } from '../filing/SendError.tsx';
import { focusFirstWrong } from '../focusFirstWrong.ts';
import { Notice } from '../Notice.tsx';
import { useReader } from '../reader.tsx';
import { Sheet } from '../Sheet.tsx';
import { LastWord } from '../ticket/LastWord.tsx';
import { CommentFiles } from './CommentFiles.tsx';
import { type Chosen, namedFor, type Offer, offerFor, partOf } from './chosen.ts';
import { ACT_HELP, ENDS, HINTS } from './sheetWords.ts';
import { PartInput } from './PartInput.tsx';
import type { Acting } from './useActing.ts';
import { type Details, useDetails } from './useDetails.ts';

interface ActSheetProps {
  readonly ticket: TicketWhole;
  readonly chosen: Chosen;
  readonly acting: Acting;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** As long as the act is possible; when somebody else was first, their doing is told instead. */
export function ActSheet(props: ActSheetProps) {
  const { say } = useReader();
  const offer = offerFor(props.ticket, props.chosen);
  if (offer) return <OpenSheet {...props} offer={offer} />;
  const { error, busy } = props.acting;
  return (
    <Sheet title={props.ticket.statusText} name="over" onClose={props.onClose}>
      {error ? <SendError error={error} left={0} /> : !busy && <Notice tone="plain">{say('notPossible')}</Notice>}
      <p>{props.ticket.timeline.findLast(({ actor }) => actor !== null)?.text}</p>
      <p>{props.ticket.stands}</p>
    </Sheet>
  );
}

function OpenSheet({ ticket, chosen, acting, offer, onClose, onDone }: ActSheetProps & { offer: Offer }) {
  const name = `act-${ticket.id}-${offer.task ?? 0}-${offer.act}`;
  const details = useDetails(ticket, offer, name);
  const [missing, setMissing] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const found = details.missing();
    setMissing(found);
    if (found) return;
    const accepted = await acting.act(ticket, chosen, details.toSend(), (error) => {
      if (details.desk.refuse(error) > 0) focusFirstWrong(form);
    });
    if (!accepted) return;
    details.forget();
    onDone();
  };
  const foot = (
    <>
      {missing && <Notice tone="bad">{missing}</Notice>}
      <SendError error={acting.error} left={details.desk.refused.length} />
      <SendButton form={name} offer={offer} busy={acting.busy} />
    </>
  );
  return (
    <Sheet title={offer.text} name={offer.act} onClose={onClose} foot={foot}>
      <form id={name} ref={form} noValidate onSubmit={(event) => void onSubmit(event)}>
        {offer.act === 'submit' && <LastWord ticket={ticket} />}
        <Questions offer={offer} details={details} />
      </form>
    </Sheet>
  );
}

function SendButton({ form, offer, busy }: { form: string; offer: Offer; busy: boolean }) {
  const { say } = useReader();
  const tone = ENDS.includes(offer.act) ? 'button-danger' : 'button-main';
  return (
    <button type="submit" form={form} className={`button ${tone}`} data-testid="submit" disabled={busy}>
      {busy ? say('sending') : offer.text}
    </button>
  );
}

function Questions({ offer, details }: { offer: Offer; details: Details }) {
  const { say, locale } = useReader();
  const help = ACT_HELP[offer.act];
  const { choices, given, give, reason } = details;
  const target = partOf(offer, 'to')?.options?.find(({ id }) => id === given.to);
  return (
    <>
      {help && <p className="help">{inWords(help, locale)}</p>}
      {details.withForm && <Form desk={details.desk} />}
      {choices.map((part) => (
        <PartInput
          key={part.part}
          part={part}
          value={given[part.part] ?? null}
          onChange={(value) => give(part.part, value)}
          named={namedFor(offer, part.part)}
        />
      ))}
      {target?.givenUp ? <Notice tone="plain">{say('givesUp', target.givenUp)}</Notice> : null}
      {reason && <ReasonInput offer={offer} reason={reason} details={details} />}
      {partOf(offer, 'files') && <CommentFiles desk={details.desk} />}
    </>
  );
}

interface ReasonInputProps {
  readonly offer: Offer;
  readonly reason: ActPart;
  readonly details: Details;
}

function ReasonInput({ offer: { act }, reason, details: { comment, setComment } }: ReasonInputProps) {
  const { say } = useReader();
  return (
    <div className="field">
      <label htmlFor="act-comment">
        {reason.label} {!reason.required && <small>{say('optional')}</small>}
      </label>
      <textarea
        id="act-comment"
        data-testid="field-comment"
        rows={4}
        maxLength={10_000}
        aria-required={reason.required}
        placeholder={say(HINTS[act] ?? 'noteSeen')}
        value={comment}
        onChange={(event) => setComment(event.target.value)}
      />
    </div>
  );
}
