/** 再次提交: the form of what is over, filled in. It is filed by `POST /api/v1/tickets` with `follows`. */
import { z } from 'zod';
import { FormQuestion, FormState } from './form.ts';
import { AGAIN_PROBLEMS } from './problem.ts';
import { get, post, route } from './route.ts';
import { Again } from './ticket.ts';
import { Id } from './value.ts';

const byId = z.object({ id: Id });

export const AGAIN_ROUTES = {
  again: route({
    ...get,
    path: '/api/v1/tickets/{id}/again',
    summary: 'The form of a ticket of mine that is over, filled in to be filed once more with `follows`',
    params: byId,
    answer: Again,
    problems: AGAIN_PROBLEMS,
  }),
  againFormState: route({
    ...post,
    scope: 'read',
    path: '/api/v1/tickets/{id}/again',
    summary: 'That form as it is with these values on top; changes nothing',
    params: byId,
    body: FormQuestion,
    answer: FormState,
    problems: AGAIN_PROBLEMS,
  }),
} as const;
