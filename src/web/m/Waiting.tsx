/** Instead of a page: it is being loaded, or it can't be. */
import { Frame } from './Frame.tsx';
import { ErrorNotice } from './Notice.tsx';
import { PageLink } from './navigation.tsx';
import { isFinal } from './problem.ts';
import { useReader } from './reader.tsx';

export function Waiting({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { say } = useReader();
  if (!error)
    return (
      <main className="page page-waiting" aria-busy="true">
        <p role="status" className="quiet">
          {say('loading')}
        </p>
      </main>
    );
  return (
    <Frame title={say('cannotOpen')}>
      <ErrorNotice error={error} />
      <p className="after">
        {isFinal(error) ? (
          <PageLink to={{ page: 'home', tab: 'todo' }} className="button">
            {say('home')}
          </PageLink>
        ) : (
          <button type="button" className="button" onClick={onRetry}>
            {say('retry')}
          </button>
        )}
      </p>
    </Frame>
  );
}
