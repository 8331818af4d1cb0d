/** /m/again/<id>: the form of a ticket that is over, filled in to be filed once more in its place. */
import { useCallback } from 'react';
import type { FormState } from '../../../http/contract/form.ts';
import type { Value } from '../../../form/field.ts';
import { call } from '../api.ts';
import { useReader } from '../reader.tsx';
import { useLoaded } from '../useLoaded.ts';
import { Waiting } from '../Waiting.tsx';
import { FilingForm } from './FilingForm.tsx';

export function AgainPage({ id }: { id: number }) {
  const { me, say } = useReader();
  const { data, error, reload } = useLoaded(useCallback(() => call('again', { params: { id } }), [id]));
  if (!data) return <Waiting error={error} onRetry={reload} />;
  const { template, form, requester, follows } = data;
  const from = say('fromTicket', follows.number);
  return (
    <FilingForm
      template={template}
      first={form}
      keep={`again-${id}`}
      note={requester.id === me?.person.id ? from : `${say('forSomebody', requester.name)}${from}`}
      ask={(values, signal) => call('againFormState', { params: { id }, body: { values }, signal })}
      submit={(values, onceKey) =>
        call('fileTicket', {
          body: { template: template.key, values: { ...filledIn(form), ...values }, follows: id },
          onceKey,
        })
      }
    />
  );
}

/** What is not changed is sent as well: there is no draft that would remember it. */
const filledIn = ({ fields }: FormState): Record<string, Value> =>
  Object.fromEntries(fields.filter(({ visible, writable }) => visible && writable).map(({ id, value }) => [id, value]));
