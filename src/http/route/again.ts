/** 再次提交: the form of a ticket that is over, to be filed once more. It is filed as any other, with `follows`. */
import type { Values } from '../../form/field.ts';
import { type Again, formAgain } from '../../ticket/again.ts';
import type { Handlers } from '../api.ts';
import type { Http } from '../parts.ts';
import { formState } from '../present/formState.ts';
import { presentPerson } from '../present/people.ts';
import type { Reader } from '../present/reader.ts';
import { filingForm, presentTemplate } from './template.ts';

export function againHandlers(http: Http): Pick<Handlers, 'again' | 'againFormState'> {
  const { db, templates } = http;
  const again = (reader: Reader, ticketId: number): Promise<Again> => {
    const { directory, now, personId } = reader;
    return db.read((rows) => formAgain(rows, { templates, directory, now }, personId, ticketId));
  };
  const state = ({ old, template, values }: Again, reader: Reader, given: Values) => {
    const parts = [filingForm(template, reader, old.requesterId)];
    return formState(http, reader, parts, { ...values, ...given }, old.id);
  };

  return {
    async again({ params, reader }) {
      const found = await again(reader, params.id);
      const { old, template } = found;
      return {
        template: presentTemplate(template),
        form: await state(found, reader, {}),
        requester: presentPerson(reader.directory, old.requesterId),
        follows: { id: old.id, number: old.number },
      };
    },
    async againFormState({ params, body, reader }) {
      return state(await again(reader, params.id), reader, body.values as Values);
    },
  };
}
