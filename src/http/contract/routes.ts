/**
 * Every route of the API: what it takes, what it answers, which problems it may give. The server mounts exactly these,
 * OpenAPI is generated from them, and the pages call them.
 */
import { z } from 'zod';
import { AGAIN_ROUTES } from './againRoutes.ts';
import { AWAY_ROUTES } from './awayRoutes.ts';
import { FormQuestion } from './form.ts';
import {
  DeadLetterList,
  DeadLetterQuery,
  ResentCount,
  DepartmentList,
  Draft,
  LinkedPerson,
  Me,
  PeopleList,
  PeopleQuery,
  PersonQuery,
  TwoAccounts,
} from './other.ts';
import { ACT_PROBLEMS, FILE_PROBLEMS, LINK_PROBLEMS } from './problem.ts';
import { get, post, route, type Route } from './route.ts';
import { TASK_ROUTES } from './taskRoutes.ts';
import { TEMPLATE_ROUTES } from './templateRoutes.ts';
import { ActBody, FileBody, Receipt, TicketPage, TicketQuery, TicketWhole } from './ticket.ts';
import { Attachment, Id } from './value.ts';

const byId = z.object({ id: Id });

export const ROUTES = {
  me: route({ ...get, path: '/api/v1/me', summary: 'Who I am and what I may do', answer: Me, problems: [] }),
  ...TEMPLATE_ROUTES,
  fileTicket: route({
    ...post,
    status: 201,
    path: '/api/v1/tickets',
    summary: 'File a ticket; with `follows`, in the place of one that is over',
    body: FileBody,
    answer: Receipt,
    problems: FILE_PROBLEMS,
    once: true,
  }),
  tickets: route({
    ...get,
    path: '/api/v1/tickets',
    summary: 'Tickets, newest first',
    query: TicketQuery,
    answer: TicketPage,
    problems: ['not_allowed'],
  }),
  ticket: route({
    ...get,
    path: '/api/v1/tickets/{id}',
    summary: 'A ticket with its history, its files and what I may do with it',
    params: byId,
    answer: TicketWhole,
    problems: ['ticket_not_found'],
  }),
  ...AGAIN_ROUTES,
  act: route({
    ...post,
    path: '/api/v1/tickets/{id}/acts',
    summary: 'Act on a ticket or on one of its tasks',
    params: byId,
    body: ActBody,
    answer: Receipt,
    problems: ACT_PROBLEMS,
    once: true,
  }),
  ...TASK_ROUTES,
  upload: route({
    ...post,
    status: 201,
    path: '/api/v1/attachments',
    summary: 'Upload one file of at most 50 MiB; it becomes a ticket’s when a form or a comment names it',
    body: 'multipart',
    answer: Attachment,
    problems: ['too_large'],
  }),
  download: route({
    ...get,
    path: '/api/v1/attachments/{id}',
    summary: 'A file',
    params: byId,
    answer: 'bytes',
    problems: ['not_found'],
  }),
  people: route({
    ...get,
    path: '/api/v1/people',
    summary: 'People by name, account or department; all, or those for whom I may file',
    query: PersonQuery,
    answer: PeopleList,
    problems: [],
  }),
  linkPeople: route({
    ...post,
    scope: 'admin',
    path: '/api/v1/people/link',
    summary: 'The person with the account `from` is the one with the account `into`',
    body: TwoAccounts,
    answer: LinkedPerson,
    problems: LINK_PROBLEMS,
  }),
  unlinkPeople: route({
    ...post,
    scope: 'admin',
    path: '/api/v1/people/unlink',
    summary: 'The account `from` is not the same person’s as `into` after all',
    body: TwoAccounts,
    answer: LinkedPerson,
    problems: LINK_PROBLEMS,
  }),
  ...AWAY_ROUTES,
  departments: route({
    ...get,
    path: '/api/v1/departments',
    summary: 'Departments by name, of my own workspace',
    query: PeopleQuery,
    answer: DepartmentList,
    problems: [],
  }),
  draft: route({
    ...get,
    path: '/api/v1/drafts/{id}',
    summary: 'A filing that I began in a chat',
    params: byId,
    answer: Draft,
    problems: ['not_found'],
  }),
  changeDraft: route({
    ...post,
    method: 'PATCH',
    path: '/api/v1/drafts/{id}',
    summary: 'Keep these values; what is not named stays',
    params: byId,
    body: FormQuestion,
    answer: Draft,
    problems: ['not_found', 'draft_gone'],
  }),
  submitDraft: route({
    ...post,
    status: 201,
    path: '/api/v1/drafts/{id}/submit',
    summary: 'File the draft, with these values on top',
    params: byId,
    body: FormQuestion,
    answer: Receipt,
    problems: ['not_found', 'draft_gone', ...FILE_PROBLEMS],
    once: true,
  }),
  deadLetters: route({
    ...get,
    scope: 'admin',
    path: '/api/v1/dead-letters',
    summary: 'What could not be delivered',
    query: DeadLetterQuery,
    answer: DeadLetterList,
    problems: ['not_allowed'],
  }),
  resendAll: route({
    ...post,
    scope: 'admin',
    path: '/api/v1/dead-letters/resend',
    summary: 'Try again to deliver all of it, also what waits for its next try',
    answer: ResentCount,
    problems: ['not_allowed'],
  }),
  resend: route({
    ...post,
    scope: 'admin',
    status: 204,
    path: '/api/v1/dead-letters/{id}/resend',
    summary: 'Try again to deliver it',
    params: byId,
    answer: null,
    problems: ['not_allowed', 'not_found'],
  }),
} as const satisfies Readonly<Record<string, Route>>;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;

type Out<T> = T extends z.ZodType ? z.output<T> : undefined;
type Part<R, K extends 'params' | 'query' | 'body' | 'answer'> = R extends { readonly [P in K]: infer T }
  ? T
  : undefined;
export type Params<N extends RouteName> = Out<Part<Routes[N], 'params'>>;
export type Query<N extends RouteName> = Out<Part<Routes[N], 'query'>>;
export type Body<N extends RouteName> = Out<Part<Routes[N], 'body'>>;
export type Answer<N extends RouteName> = Out<Part<Routes[N], 'answer'>>;
