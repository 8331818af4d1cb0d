/** What was asked for over the API, as a command of the engine. */
import { partWords } from '../../card/partWords.ts';
import { isTaskAct, type OtherTicket, type Part, PARTS, rowOf } from '../../flow/acts.ts';
import type { PersonId } from '../../flow/directory.ts';
import { type Given, makeCommand, missingIn, takes } from '../../flow/makeCommand.ts';
import type { Values } from '../../form/field.ts';
import { type FieldProblem, Refused, refuse } from '../../lib/refusal.ts';
import type { PersonCommand } from '../../ticket/commands.ts';
import type { Act, ActBody } from '../contract/ticket.ts';

/** @param other  what `body.other` names @throws Refused `bad_input` or `unknown_field`, by name */
export function commandOf(body: ActBody, by: PersonId, other?: OtherTicket): PersonCommand {
  const { act, task, version, ticketVersion } = body;
  const given = partsOf(body, other);
  // What an act does not take would be lost without a word.
  const stray =
    PARTS.find((part) => given[part] !== undefined && !takes(act, part)) ??
    (isTaskAct(act) ? undefined : (['task', 'version'] as const).find((name) => body[name] !== undefined));
  if (stray) throw new Refused(refuse('unknown_field', { field: stray }));
  if (isTaskAct(act) && task === undefined)
    throw bad('task', '请写明是哪一条待办（task）', 'Say which task it is about (task)');
  const missing = missingIn(act, given) ?? notOneOf(act, given);
  if (missing) throw lacks(act, missing);
  const doing = {
    by,
    ...(task === undefined ? {} : { task }),
    ...(version === undefined ? {} : { taskVersion: version }),
    ...(ticketVersion === undefined ? {} : { ticketVersion }),
  };
  return makeCommand(act, doing, given);
}

/** A person's id as `to` is how it was said before `person` had a name of its own. */
function partsOf({ to, person, values, other: _number, ...rest }: ActBody, other: OtherTicket | undefined): Given {
  const whom = typeof to === 'number' ? { person: to } : { to, person };
  return { ...rest, ...whom, other, values: values as Values | undefined };
}

/** A part whose value is none of those that the act knows. */
function notOneOf(act: Act, { how, reason }: Given): Part | null {
  const row = rowOf(act);
  if (how !== undefined && row.how?.includes(how) !== true) return 'how';
  return reason !== undefined && row.reasons?.includes(reason) !== true ? 'reason' : null;
}

function lacks(act: Act, part: Part): Refused {
  const { zh, en } = partWords(act, part, null);
  const { how = [], reasons = [] } = rowOf(act);
  const options = part === 'how' ? how : part === 'reason' ? reasons : [];
  const said = options.length > 0 ? `${part}: ${options.join(', ')}` : part;
  return bad(part, `请给出「${zh}」（${said}）`, `Give “${en}” (${said})`);
}

function bad(field: string, zh: string, en: string): Refused {
  const problem: FieldProblem = { field, label: field, zh, en };
  return new Refused(refuse('bad_input', {}, [problem]));
}
