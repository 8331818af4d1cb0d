/** /m/new: what I may file, and beside it what I may file for others only. */
import { useCallback } from 'react';
import type { TemplateLine } from '../../../http/contract/template.ts';
import { call } from '../api.ts';
import { Frame } from '../Frame.tsx';
import { Icon } from '../Icon.tsx';
import { PageLink } from '../navigation.tsx';
import { useReader } from '../reader.tsx';
import { useLoaded } from '../useLoaded.ts';
import { Waiting } from '../Waiting.tsx';

export function TemplateChoice() {
  const { me, say } = useReader();
  const forOthers = me?.rights.fileForOthers ?? false;
  const { data, error, reload } = useLoaded(useCallback(() => choices(forOthers), [forOthers]));
  if (!data) return <Waiting error={error} onRetry={reload} />;
  return (
    <Frame title={say('fileWhat')}>
      {data.own.length + data.others.length === 0 && <p className="empty">{say('noTemplates')}</p>}
      <Templates templates={data.own} />
      {data.others.length > 0 && (
        <section className="choice-part" aria-labelledby="only-for-others">
          <h2 id="only-for-others">{say('onlyForOthers')}</h2>
          <Templates templates={data.others} />
        </section>
      )}
    </Frame>
  );
}

async function choices(forOthers: boolean): Promise<{ own: TemplateLine[]; others: TemplateLine[] }> {
  const { templates: own } = await call('templates');
  if (!forOthers) return { own, others: [] };
  const { templates } = await call('templates', { query: { of: 'all' } });
  return { own, others: templates.filter(({ key }) => !own.some((one) => one.key === key)) };
}

function Templates({ templates }: { templates: readonly TemplateLine[] }) {
  return (
    <ul className="lines">
      {templates.map(({ key, name, description }) => (
        <li key={key}>
          <PageLink className="line line-template" to={{ page: 'new', template: key }} data-testid={`template-${key}`}>
            <span>
              <strong>{name}</strong>
              {description && <small>{description}</small>}
            </span>
            <Icon name="go" />
          </PageLink>
        </li>
      ))}
    </ul>
  );
}
