/** /m/: what I have to do, and what I asked for. */
import { call } from '../api.ts';
import type { Tab } from '../address.ts';
import { Interrupted, Title } from '../Frame.tsx';
import { Icon } from '../Icon.tsx';
import { PageLink } from '../navigation.tsx';
import { useReader } from '../reader.tsx';
import { usePages } from '../usePages.ts';
import { TicketLines } from './TicketLines.tsx';

export function Home({ tab }: { tab: Tab }) {
  const { me, say } = useReader();
  const todo = usePages(loadTodo);
  const mine = usePages(tab === 'mine' ? loadMine : null);
  const shown = tab === 'todo' ? todo : mine;
  const count = todo.lines?.length ?? 0;
  return (
    <>
      {shown.interrupted && shown.lines && <Interrupted />}
      <main className="page page-home">
        <div className="home-head">
          <Title text={say('appName')} />
          <span className="quiet">{me?.person.name}</span>
          <PageLink className="button button-small home-away" to={{ page: 'away' }} data-testid="away">
            {say('away')}
          </PageLink>
          <PageLink className="button button-main" to={{ page: 'choose' }} data-testid="new">
            <Icon name="add" />
            {say('file')}
          </PageLink>
        </div>
        <nav className="tabs">
          <TabLink tab="todo" present={tab}>
            {say('todo')}
            {count > 0 && <span className="count-badge">{todo.hasMore ? `${count}+` : count}</span>}
          </TabLink>
          <TabLink tab="mine" present={tab}>
            {say('mine')}
          </TabLink>
        </nav>
        <TicketLines pages={shown} empty={say(tab === 'todo' ? 'noTodo' : 'noMine')} />
      </main>
    </>
  );
}

function TabLink({ tab, present, children }: { tab: Tab; present: Tab; children: React.ReactNode }) {
  return (
    <PageLink
      className="tab"
      to={{ page: 'home', tab }}
      aria-current={tab === present ? 'page' : undefined}
      data-testid={`tab-${tab}`}
    >
      {children}
    </PageLink>
  );
}

const loadTodo = async (before: number | undefined, signal?: AbortSignal) => {
  const { tasks, next } = await call('tasks', { query: { before }, signal });
  return { lines: tasks.map((task) => ({ key: `${task.id}-${task.task}`, ...task })), next };
};

const loadMine = async (before: number | undefined, signal?: AbortSignal) => {
  const { tickets, next } = await call('tickets', { query: { view: 'mine', before }, signal });
  return { lines: tickets.map((ticket) => ({ key: String(ticket.id), ...ticket })), next };
};
