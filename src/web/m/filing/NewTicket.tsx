/** /m/new/<template>: an empty form, or what was typed last time and not sent; for me, or for whom I may file. */
import { useCallback } from 'react';
import type { Value } from '../../../form/field.ts';
import { call } from '../api.ts';
import { Frame } from '../Frame.tsx';
import { problemOf } from '../problem.ts';
import { useReader } from '../reader.tsx';
import { useLoaded } from '../useLoaded.ts';
import { Waiting } from '../Waiting.tsx';
import { FilingForm } from './FilingForm.tsx';
import { RequesterLine } from './RequesterLine.tsx';
import { useRequester } from './useRequester.ts';

export function NewTicket({ template: key }: { template: string }) {
  const { me, say } = useReader();
  const own = useLoaded(useCallback(() => call('templateForm', { params: { key } }), [key]));
  const { chosen, pick, error, busy } = useRequester(key);
  const data = chosen?.data ?? own.data;
  const mine = own.data && me ? me.person : null;
  const requester = chosen?.who ?? mine;
  const head = me?.rights.fileForOthers && (
    <RequesterLine requester={requester} error={error} busy={busy} onPick={(id, name) => void pick(id, name)} />
  );
  // What I may not file myself, I may file for others.
  if (!data && head && problemOf(own.error)?.code === 'not_allowed')
    return (
      <Frame title={say('onlyForOthers')}>
        <div className="panel">{head}</div>
      </Frame>
    );
  if (!data) return <Waiting error={own.error} onRetry={own.reload} />;
  const other = requester && requester.id !== me?.person.id ? { requester: requester.id } : {};
  return (
    <FilingForm
      template={data.template}
      first={data.form}
      keep={`new-${key}`}
      head={head || undefined}
      ask={(values, signal) => call('templateFormState', { params: { key }, query: other, body: { values }, signal })}
      submit={(values: Record<string, Value>, onceKey) =>
        call('fileTicket', { body: { template: key, values, ...other }, onceKey })
      }
    />
  );
}
