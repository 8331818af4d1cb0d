/** Filings that were begun in a chat and are finished on a page. Each is its person's alone. */
import type { Template } from '../../flow/template.ts';
import type { Values } from '../../form/field.ts';
import { Refused, refuse } from '../../lib/refusal.ts';
import type { Part, Reader as Rows } from '../../store/database.ts';
import { type Draft, lockDraft, readDraft, saveDraft } from '../../ticket/drafts.ts';
import { fileDraft } from '../../ticket/fileDraft.ts';
import { draftRow, outboxPart } from '../../ticket/outboxRow.ts';
import { receiptOf } from '../../ticket/tickets.ts';
import { loadTicket } from '../../ticket/ticketStore.ts';
import type { Handlers } from '../api.ts';
import type { Draft as DraftOut } from '../contract/other.ts';
import type { Http } from '../parts.ts';
import { goodValues } from '../present/form.ts';
import { formState } from '../present/formState.ts';
import { presentPerson } from '../present/people.ts';
import type { Reader } from '../present/reader.ts';
import { presentReceipt } from '../present/ticket.ts';
import { filingForm, presentTemplate } from './template.ts';

type Routes = 'draft' | 'changeDraft' | 'submitDraft';

export function draftHandlers(http: Http): Pick<Handlers, Routes> {
  const { db, once, commands, templates, clock } = http;
  const templateOf = (rows: Rows, { template }: Draft): Promise<Template> =>
    templates.at(rows, template.key, template.version);

  const present = async (draft: Draft, template: Template, reader: Reader, given: Values): Promise<DraftOut> => {
    const parts = [filingForm(template, reader, draft.requesterId)];
    const filed = draft.filedAs === null ? null : await db.read((rows) => loadTicket(rows, draft.filedAs ?? 0));
    return {
      id: draft.id,
      template: presentTemplate(template),
      form: await formState(http, reader, parts, { ...draft.values, ...given }, draft.follows?.ticketId ?? null),
      requester: presentPerson(reader.directory, draft.requesterId),
      updatedAt: draft.updatedAt,
      open: draft.open,
      follows: draft.follows && { id: draft.follows.ticketId, number: draft.follows.number },
      filedAs: filed && { id: filed.ticket.id, number: filed.ticket.number },
    };
  };

  return {
    async draft({ params, reader }) {
      const { draft, template } = await db.read(async (rows) => {
        const mine = ofPerson(await readDraft(rows, params.id), reader);
        return { draft: mine, template: await templateOf(rows, mine) };
      });
      return present(draft, template, reader, {});
    },

    async changeDraft({ params, body, reader }) {
      const given = body.values as Values;
      const { draft, template } = await db.write(async (tx) => {
        const before = stillOpen(ofPerson(await lockDraft(tx, params.id, clock()), reader));
        const found = await templateOf(tx, before);
        const values = goodValues(filingForm(found, reader, before.requesterId), { ...before.values, ...given });
        const now = clock();
        await tx.insertAll(cardFollows(http, before, now));
        return { draft: await saveDraft(tx, before, values, now), template: found };
      });
      return present(draft, template, reader, given);
    },

    async submitDraft({ params, body, reader, origin }) {
      const { answer } = await once(origin, async (tx) => {
        const now = clock();
        const draft = stillOpen(ofPerson(await lockDraft(tx, params.id, now), reader));
        const values = { ...draft.values, ...(body.values as Values) };
        const { step, parts } = await fileDraft(tx, commands, { ...draft, values });
        const card = outboxPart([draftRow(draft.id, draft.personId, now)]);
        return { answer: receiptOf(step.ticket), ticketId: step.ticket.id, parts: [...parts, card] };
      });
      return presentReceipt(answer);
    },
  };
}

/** While somebody types, one change of their card will do. */
const TYPING_MS = 3_000;

/** Where cards change freely, the draft's shows what was filled in here: its form would take it back. */
function cardFollows({ workspaces }: Http, { id, personId, workspace }: Draft, now: number): Part[] {
  if (workspaces.get(workspace)?.capabilities.update !== 'free') return [];
  return [outboxPart([{ ...draftRow(id, personId, now), due_at: now + TYPING_MS }])];
}

function ofPerson(draft: Draft | null, { personId }: Reader): Draft {
  if (draft?.personId !== personId) throw new Refused(refuse('not_found'));
  return draft;
}

function stillOpen(draft: Draft): Draft {
  if (!draft.open) throw new Refused(refuse('draft_gone'));
  return draft;
}
