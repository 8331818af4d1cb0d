/** /m/d/<id>: a filing that was begun in the chat. What is changed here stands in the draft at once. */
import { useCallback } from 'react';
import type { Draft } from '../../../http/contract/other.ts';
import { call } from '../api.ts';
import { Frame } from '../Frame.tsx';
import { Notice } from '../Notice.tsx';
import { PageLink } from '../navigation.tsx';
import { useReader } from '../reader.tsx';
import { useLoaded } from '../useLoaded.ts';
import { Waiting } from '../Waiting.tsx';
import { FilingForm } from './FilingForm.tsx';

export function DraftPage({ id }: { id: number }) {
  const { me, say } = useReader();
  const { data, error, reload } = useLoaded(useCallback(() => call('draft', { params: { id } }), [id]));
  if (!data) return <Waiting error={error} onRetry={reload} />;
  if (!data.open) return <DraftOver draft={data} />;
  const forWhom = data.requester.id === me?.person.id ? '' : say('forSomebody', data.requester.name);
  return (
    <FilingForm
      template={data.template}
      first={data.form}
      keep={`draft-${id}`}
      note={forWhom + (data.follows ? say('fromTicket', data.follows.number) : say('fromChat'))}
      ask={async (values, signal) => {
        const { form } = await call('changeDraft', { params: { id }, body: { values }, signal });
        return form;
      }}
      submit={(values, onceKey) => call('submitDraft', { params: { id }, body: { values }, onceKey })}
    />
  );
}

function DraftOver({ draft: { filedAs, template } }: { draft: Draft }) {
  const { say } = useReader();
  return (
    <Frame title={template.name}>
      <Notice tone="plain">{filedAs ? say('draftFiled', filedAs.number) : say('draftClosed')}</Notice>
      <p className="after">
        {filedAs ? (
          <PageLink className="button button-main" to={{ page: 'ticket', id: filedAs.id, opening: null }}>
            {say('openTicket')}
          </PageLink>
        ) : (
          <PageLink className="button button-main" to={{ page: 'new', template: template.key }}>
            {say('startNew')}
          </PageLink>
        )}
      </p>
    </Frame>
  );
}
