/** Who may file a ticket of a template. How many is `filing.limit`: advisory, counted by `ticket/`. */
import type { Env } from './command.ts';
import type { PersonId } from './directory.ts';
import { resolve } from './resolve.ts';
import { makeScope } from './scope.ts';
import type { Template } from './template.ts';

export function mayFile(template: Template, requesterId: PersonId, env: Pick<Env, 'directory' | 'now'>): boolean {
  const { directory, now } = env;
  if (!directory.people.get(requesterId)?.active) return false;
  if (!template.filing.who) return true;
  const values = { form: {} };
  const scope = () =>
    makeScope({ ticket: null, template, values, requesterId, directory, now, actorId: requesterId, task: null });
  return resolve(template.filing.who, {
    directory,
    requesterId,
    assigneeId: null,
    ticket: null,
    values,
    now,
    scope,
  }).people.includes(requesterId);
}
