/** /m/new: what I may file. */
import { useCallback } from 'react';
import { call } from '../api.ts';
import { Frame } from '../Frame.tsx';
import { Icon } from '../Icon.tsx';
import { PageLink } from '../navigation.tsx';
import { useReader } from '../reader.tsx';
import { useLoaded } from '../useLoaded.ts';
import { Waiting } from '../Waiting.tsx';

export function TemplateChoice() {
  const { say } = useReader();
  const { data, error, reload } = useLoaded(useCallback(() => call('templates'), []));
  if (!data) return <Waiting error={error} onRetry={reload} />;
  return (
    <Frame title={say('fileWhat')}>
      {data.templates.length === 0 && <p className="empty">{say('noTemplates')}</p>}
      <ul className="lines">
        {data.templates.map(({ key, name, description }) => (
          <li key={key}>
            <PageLink
              className="line line-template"
              to={{ page: 'new', template: key }}
              data-testid={`template-${key}`}
            >
              <span>
                <strong>{name}</strong>
                {description && <small>{description}</small>}
              </span>
              <Icon name="go" />
            </PageLink>
          </li>
        ))}
      </ul>
    </Frame>
  );
}
