/** Filing: the form becomes a ticket, and the flow begins. */
import { isRefusal, refuse, type Refusal } from '../../lib/refusal.ts';
import type { Command, Env, Need } from '../command.ts';
import type { EventOf } from '../event.ts';
import type { Directory } from '../directory.ts';
import { enter } from '../enter.ts';
import { mayFile } from '../mayFile.ts';
import { makeFilingRun, nameOf, newToken, type Run } from '../run.ts';
import type { ScopeInput } from '../scope.ts';
import type { Template } from '../template.ts';
import { checked, meaningsOf, part } from '../write.ts';
import type { Values } from '../../form/field.ts';

type File = Extract<Command, { type: 'file' }>;

export function fileTicket(template: Template, command: File, env: Env): Run | Refusal | Need {
  const { directory } = env;
  const absent = [command.by, command.requesterId].find((id) => !directory.people.get(id)?.active);
  if (absent !== undefined) return refuse('unknown_person', { person: nameOf(directory, absent) });
  // Who may file by hand does not matter where a flow files.
  if ((!command.parent || command.byHand) && !mayFile(template, command.requesterId, env))
    return refuse('not_allowed', notTheirs(command, directory));
  const values = filled(template, command, env);
  if (isRefusal(values)) return values;
  const event = filedEvent(template, command, values, env.now);
  const run = makeFilingRun(template, event, env);
  if (command.follows) {
    const link = { kind: 'followed_by', ticketId: command.id, number: command.number } as const;
    run.errands.push({ kind: 'linked', key: 'follows', ticketId: command.follows.ticketId, link });
  }
  return enter(run, template.start, newToken(run, [])) ?? run;
}

/** Whose right is missing, where that is not who files. */
const notTheirs = ({ by, requesterId }: File, directory: Directory) => ({
  act: 'file',
  ...(by === requesterId ? {} : { requester: nameOf(directory, requesterId) }),
});

function filled(template: Template, command: File, env: Env): Values | Refusal {
  const { directory, now } = env;
  const { by, requesterId } = command;
  const scope = (form: Values): ScopeInput => ({
    ticket: null,
    template,
    values: { form },
    requesterId,
    directory,
    now,
    actorId: by,
    task: null,
  });
  return checked({ fields: template.form, access: {}, values: command.values, scope, partial: false });
}

function filedEvent(template: Template, command: File, values: Values, at: number): EventOf<'ticket.filed'> {
  const { id, number, workspace, group, parent, follows, requesterId, by: filerId } = command;
  const { data, personal } = part(template.form, values);
  const { title, urgency, category } = meaningsOf(template, values);
  const of = { key: template.key, version: template.version };
  return {
    seq: 1,
    version: 1,
    at,
    actorId: filerId,
    forId: null,
    type: 'ticket.filed',
    data: {
      ...{ id, number, template: of, workspace, requesterId, filerId, urgency, category, values: data },
      ...(group ? { group } : {}),
      ...(parent ? { parent } : {}),
      ...(follows ? { follows: { kind: 'follows', ...follows } } : {}),
    },
    personal: { title, values: personal },
  };
}
