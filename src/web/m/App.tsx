/** Who I am first, then the page that the address means. */
import { useCallback } from 'react';
import { call } from './api.ts';
import { AwayPage } from './away/AwayPage.tsx';
import { AgainPage } from './filing/AgainPage.tsx';
import { DraftPage } from './filing/DraftPage.tsx';
import { NewTicket } from './filing/NewTicket.tsx';
import { TemplateChoice } from './filing/TemplateChoice.tsx';
import { Home } from './home/Home.tsx';
import { usePage } from './navigation.tsx';
import { problemOf } from './problem.ts';
import { ReaderProvider, useReader } from './reader.tsx';
import { SignIn } from './SignIn.tsx';
import { TicketPage } from './ticket/TicketPage.tsx';
import { useLoaded } from './useLoaded.ts';
import { Waiting } from './Waiting.tsx';

export function App() {
  const { data, error, reload } = useLoaded(useCallback(() => call('me'), []));
  const problem = problemOf(error);
  return (
    <ReaderProvider me={data}>
      {data ? (
        <Pages />
      ) : problem?.code === 'not_signed_in' ? (
        <SignIn problem={problem} />
      ) : (
        <Waiting error={error} onRetry={reload} />
      )}
    </ReaderProvider>
  );
}

function Pages() {
  const page = usePage();
  const { say } = useReader();
  switch (page.page) {
    case 'home':
      return <Home tab={page.tab} />;
    case 'away':
      return <AwayPage />;
    case 'choose':
      return <TemplateChoice />;
    case 'new':
      return <NewTicket key={page.template} template={page.template} />;
    case 'draft':
      return <DraftPage key={page.id} id={page.id} />;
    case 'again':
      return <AgainPage key={page.id} id={page.id} />;
    case 'ticket':
      return <TicketPage key={page.id} id={page.id} opening={page.opening} />;
    default:
      return (
        <main className="page">
          <h1>{say('cannotOpen')}</h1>
          <p>{say('noPage')}</p>
          <p className="after">
            <a className="button" href="/m/">
              {say('home')}
            </a>
          </p>
        </main>
      );
  }
}
