/** Templates: what can be filed; checking and publishing their text. */
import type { Finding } from '../../flow/finding.ts';
import { filingScope } from '../../flow/formScope.ts';
import { mayFile } from '../../flow/mayFile.ts';
import type { Template } from '../../flow/template.ts';
import type { Values } from '../../form/field.ts';
import { inWords, type Locale } from '../../lib/locale.ts';
import { Refused, refuse, throwIf } from '../../lib/refusal.ts';
import { keptFindings } from '../../ticket/findings.ts';
import { may, mayOpenForm } from '../../ticket/permission.ts';
import type { Handlers } from '../api.ts';
import type { Finding as FindingOut } from '../contract/problem.ts';
import type { TemplateLine } from '../contract/template.ts';
import { FaultyTemplate } from '../edge/apiError.ts';
import type { Http } from '../parts.ts';
import type { FormPart } from '../present/form.ts';
import { formState } from '../present/formState.ts';
import type { Reader } from '../present/reader.ts';

type Routes =
  'templates' | 'templateForm' | 'templateFormState' | 'templateFindings' | 'checkTemplate' | 'publishTemplate';

export function templateHandlers(http: Http): Pick<Handlers, Routes> {
  const { db, templates } = http;
  const fileable = (key: string, reader: Reader, requesterId: number): Template => {
    const template = templates.current().get(key);
    if (!template) throw new Refused(refuse('template_not_found', { template: key }));
    throwIf(mayOpenForm(template, reader.personId, requesterId, reader));
    return template;
  };
  const state = (template: Template, reader: Reader, requesterId: number, values: Values) =>
    formState(http, reader, [filingForm(template, reader, requesterId)], values, null);

  return {
    async templates({ query, reader }) {
      const all = [...templates.current().values()];
      if (query.of === 'all') throwIf(may(reader.directory, reader.personId, 'template.read'));
      const asked = query.of === 'all' ? all : all.filter((one) => mayFile(one, reader.personId, reader));
      return { templates: asked.map(presentTemplate) };
    },
    async templateForm({ params, query, reader }) {
      const requester = query.requester ?? reader.personId;
      const template = fileable(params.key, reader, requester);
      return { template: presentTemplate(template), form: await state(template, reader, requester, {}) };
    },
    async templateFormState({ params, query, body, reader }) {
      const requester = query.requester ?? reader.personId;
      return state(fileable(params.key, reader, requester), reader, requester, body.values as Values);
    },
    async templateFindings({ params, reader }) {
      throwIf(may(reader.directory, reader.personId, 'template.publish'));
      if (!templates.current().has(params.key))
        throw new Refused(refuse('template_not_found', { template: params.key }));
      const found = await db.read((rows) => keptFindings(rows, params.key));
      return { findings: presentFindings(found, reader.locale) };
    },
    async checkTemplate({ body, reader }) {
      return { findings: presentFindings(templates.check(body.text, reader.directory).findings, reader.locale) };
    },
    async publishTemplate({ body, caller, reader }) {
      throwIf(may(reader.directory, caller.personId, 'template.publish'));
      const { published, findings } = await templates.publish(body.text, caller.personId, 'api');
      const shown = presentFindings(findings, reader.locale);
      if (!published) throw new FaultyTemplate(shown);
      const { key, version, changed } = published;
      return { key, version, changed, findings: shown };
    },
  };
}

/** The ticket's form before there is a ticket. @param requesterId  for whom it will be filed; absent: the reader */
export const filingForm = (template: Template, reader: Reader, requesterId = reader.personId): FormPart => ({
  fields: template.form,
  access: {},
  scope: filingScope(template, requesterId, reader, reader.personId),
  prefix: '',
  writableOnly: false,
});

export const presentTemplate = ({ key, version, name, description }: Template): TemplateLine => ({
  key,
  version,
  name,
  description,
});

const presentFindings = (findings: readonly Finding[], locale: Locale): FindingOut[] =>
  findings.map((one) => ({
    code: one.code,
    severity: one.severity,
    line: one.line,
    column: one.column,
    text: inWords(one, locale),
    ...(one.fix === undefined ? {} : { fix: one.fix }),
  }));
