/** Routes about templates: what can be filed, with its form; checking and publishing. */
import { z } from 'zod';
import { FormQuestion, FormState } from './form.ts';
import { get, post, route } from './route.ts';
import {
  FilingQuery,
  Findings,
  PublishedTemplate,
  TemplateForm,
  TemplateList,
  TemplatesQuery,
  TemplateText,
} from './template.ts';

const byKey = z.object({ key: z.string().min(1).max(64) });

export const TEMPLATE_ROUTES = {
  templates: route({
    ...get,
    path: '/api/v1/templates',
    summary: 'What I may file, or all templates in use',
    query: TemplatesQuery,
    answer: TemplateList,
    problems: [],
  }),
  templateForm: route({
    ...get,
    path: '/api/v1/templates/{key}/form',
    summary: 'An empty form, with the defaults of the requester: me, or for whom I may file',
    params: byKey,
    query: FilingQuery,
    answer: TemplateForm,
    problems: ['template_not_found', 'not_allowed', 'unknown_person'],
  }),
  templateFormState: route({
    ...post,
    scope: 'read',
    path: '/api/v1/templates/{key}/form',
    summary: 'The form as it is with these values; changes nothing',
    params: byKey,
    query: FilingQuery,
    body: FormQuestion,
    answer: FormState,
    problems: ['template_not_found', 'not_allowed', 'unknown_person'],
  }),
  templateFindings: route({
    ...get,
    path: '/api/v1/templates/{key}/findings',
    summary: 'What the check found in the published template, last night or when it was published',
    params: byKey,
    answer: Findings,
    problems: ['template_not_found', 'not_allowed'],
  }),
  checkTemplate: route({
    ...post,
    scope: 'read',
    path: '/api/v1/templates/check',
    summary: 'What the check says about a template’s text; changes nothing',
    body: TemplateText,
    answer: Findings,
    problems: [],
  }),
  publishTemplate: route({
    ...post,
    scope: 'admin',
    path: '/api/v1/templates',
    summary: 'Publish a template; with an error among the findings the last version stays',
    body: TemplateText,
    answer: PublishedTemplate,
    problems: ['not_allowed', 'template_faulty'],
  }),
} as const;
