/** The to-dos of a DingTalk person. Ticking is done on the page behind them: here they only follow. */
import type { Person, Todo } from '../client.ts';
import { Icon } from './Icon.tsx';
import { useLanguage } from './language.tsx';
import { PhoneLink } from './opening.tsx';

interface TodoListProps {
  id: string;
  person: Person;
  todos: readonly Todo[];
}

export function TodoList({ id, person, todos }: TodoListProps) {
  const { say } = useLanguage();
  const open = todos.filter(({ done }) => !done);
  const done = todos.filter((todo) => todo.done);
  return (
    <div
      className="log todos"
      id={id}
      role="tabpanel"
      aria-label={say('todosOf', person.name)}
      tabIndex={0}
      data-testid={`todos-${person.userid}`}
    >
      {todos.length === 0 && <p className="log-empty">{say('noTodos')}</p>}
      <Section title={say('todosOpen', open.length)} todos={open} />
      <Section title={say('todosDone', done.length)} todos={done} />
    </div>
  );
}

function Section({ title, todos }: { title: string; todos: readonly Todo[] }) {
  const { say, locale } = useLanguage();
  if (todos.length === 0) return null;
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="todo-section">
      <h3>{title}</h3>
      <ul>
        {todos.map(({ id, subject, url, dueAt, done }) => (
          <li key={id} data-testid="todo" data-done={done}>
            <PhoneLink className="todo" href={url}>
              <span className={done ? 'todo-mark todo-done' : 'todo-mark'}>{done && <Icon name="check" />}</span>
              <span className="todo-words">
                <span className="todo-subject">{subject}</span>
                {dueAt !== null && <small>{say('due', moment.format(dueAt))}</small>}
              </span>
              <Icon name="next" />
            </PhoneLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
