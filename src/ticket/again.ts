/** 再次提交: the form of a ticket that is over, to be filed once more. The one way for chat and pages; it changes nothing. */
import type { Directory, PersonId } from '../flow/directory.ts';
import { filingScope } from '../flow/formScope.ts';
import type { Template } from '../flow/template.ts';
import type { Ticket } from '../flow/ticket.ts';
import type { Values } from '../form/field.ts';
import { keepGood } from '../form/good.ts';
import { isEmpty, valueOf } from '../form/value.ts';
import { Refused, refuse, throwIf } from '../lib/refusal.ts';
import type { Reader } from '../store/database.ts';
import { isFiles, ticketAttachments } from './attachments.ts';
import { followed } from './otherTicket.ts';
import { mayOpenForm } from './permission.ts';
import type { Templates } from './templates.ts';

interface Around {
  readonly templates: Templates;
  readonly directory: Directory;
  /** Epoch ms. */
  readonly now: number;
}

export interface Again {
  readonly old: Ticket;
  /** The published version, whatever the old ticket was filed under. */
  readonly template: Template;
  /** What of the old form still fits. */
  readonly values: Values;
}

/** @throws Refused when it can't be filed again, or not by this person */
export async function formAgain(reader: Reader, around: Around, by: PersonId, ticketId: number): Promise<Again> {
  const { templates, directory, now } = around;
  const old = await followed(reader, { by, ...around }, ticketId);
  const before = await templates.at(reader, old.template.key, old.template.version);
  const template = templates.current().get(old.template.key);
  if (!template) throw new Refused(refuse('template_not_found', { template: before.name }));
  throwIf(mayOpenForm(template, by, old.requesterId, around));
  const given = fitting(before, template, old.values['form'] ?? {}, await storedFiles(reader, old, before));
  const scope = filingScope(template, old.requesterId, { directory, now }, by);
  return { old, template, values: keepGood({ fields: template.form, access: {}, values: given, scope }).values };
}

/** Values of fields that are still there and still mean the same. What is computed is computed anew. */
function fitting(before: Template, template: Template, values: Values, files: ReadonlySet<number>): Values {
  const types = new Map(before.form.map(({ id, type }) => [id, type]));
  const kept = template.form.flatMap((field) => {
    const value = valueOf(values, field.id);
    if (value === undefined || isEmpty(value) || field.formula || types.get(field.id) !== field.type) return [];
    if (!isFiles(field)) return [[field.id, value] as const];
    return [[field.id, (value as readonly number[]).filter((id) => files.has(id))] as const];
  });
  return Object.fromEntries(kept);
}

/** A file that never arrived, or was erased, can't be filed again. */
async function storedFiles(reader: Reader, { id }: Ticket, { form }: Template): Promise<ReadonlySet<number>> {
  if (!form.some(isFiles)) return new Set();
  const rows = await ticketAttachments(reader, id);
  return new Set(rows.filter(({ state }) => state === 'stored').map((row) => row.id));
}
