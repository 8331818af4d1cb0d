/** /m/new/<template>: an empty form, or what was typed last time and not sent. */
import { useCallback } from 'react';
import type { Value } from '../../../form/field.ts';
import { call } from '../api.ts';
import { useLoaded } from '../useLoaded.ts';
import { Waiting } from '../Waiting.tsx';
import { FilingForm } from './FilingForm.tsx';

export function NewTicket({ template: key }: { template: string }) {
  const { data, error, reload } = useLoaded(useCallback(() => call('templateForm', { params: { key } }), [key]));
  if (!data) return <Waiting error={error} onRetry={reload} />;
  return (
    <FilingForm
      template={data.template}
      first={data.form}
      keep={`new-${key}`}
      ask={(values, signal) => call('templateFormState', { params: { key }, body: { values }, signal })}
      submit={(values: Record<string, Value>, onceKey) =>
        call('fileTicket', { body: { template: key, values }, onceKey })
      }
    />
  );
}
