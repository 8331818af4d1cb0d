/** The routes of tasks: what there is to do, and what is done to many at once. */
import { z } from 'zod';
import { FormQuestion, FormState } from './form.ts';
import { get, post, route } from './route.ts';
import { BulkBody, BulkResults, PageQuery, TodoPage } from './ticket.ts';
import { Id } from './value.ts';

export const TASK_ROUTES = {
  taskFormState: route({
    ...post,
    scope: 'read',
    path: '/api/v1/tickets/{id}/tasks/{task}/form',
    summary: 'The form of a task with these values; changes nothing',
    params: z.object({ id: Id, task: Id }),
    body: FormQuestion,
    answer: FormState,
    problems: ['ticket_not_found', 'task_not_found', 'not_your_task', 'task_over', 'already_claimed', 'not_now'],
  }),
  tasks: route({
    ...get,
    path: '/api/v1/tasks',
    summary: 'What I have to do, newest ticket first',
    query: PageQuery,
    answer: TodoPage,
    problems: [],
  }),
  agreeToMany: route({
    ...post,
    path: '/api/v1/tasks/agree',
    summary:
      'Agree to up to 50 tasks in one go, each by itself; not where something must be filled in, nor at control steps',
    body: BulkBody,
    answer: BulkResults,
    problems: [],
    once: true,
  }),
};
