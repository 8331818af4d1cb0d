/**
 * Filing and acting: load, step, save, in the caller's transaction. The engine decides everything about the flow;
 * this file only brings it what it asks for and writes down what it answers.
 */
import { type Command, type Env, isNeed, type Need, type Step, type SystemCommand } from '../flow/command.ts';
import type { Directory } from '../flow/directory.ts';
import { fold } from '../flow/fold.ts';
import { numberPrefix, numberText } from '../flow/number.ts';
import { step } from '../flow/step.ts';
import type { Template } from '../flow/template.ts';
import type { GroupPlace, Parent, Ticket } from '../flow/ticket.ts';
import type { Values } from '../form/field.ts';
import type { Clock } from '../lib/clock.ts';
import { isRefusal, Refused, refuse, throwIf } from '../lib/refusal.ts';
import { unreachable } from '../lib/unreachable.ts';
import type { Part, Reader, Tx } from '../store/database.ts';
import { adoptAttachments, copyFiles, fileIds } from './attachments.ts';
import { checkFilingLimit } from './filingLimit.ts';
import { type Loads, makeLoads } from './loads.ts';
import type { Numbers } from './numbers.ts';
import { effectRows, outboxPart } from './outboxRow.ts';
import { checkOther, followed } from './otherTicket.ts';
import { mayFileFor, mayOn } from './permission.ts';
import { withCleanWords } from './saidText.ts';
import type { Templates } from './templates.ts';
import { changedTicketParts, loadEvents, loadForChange, newTicketParts } from './ticketStore.ts';
import { timerParts } from './timerRow.ts';
import { makeTurns, type Turns } from './turns.ts';

export type ActCommand = Exclude<Command, { type: 'file' }>;
/** What a person does; the rest the service does by itself. */
export type PersonCommand = Exclude<ActCommand, SystemCommand>;

export interface FileInput {
  /** Who files; may differ from the requester (代提) where that is permitted. */
  readonly by: number;
  /** Absent: the filer, or whose ticket it is in the place of which this one is filed. */
  readonly requesterId?: number;
  readonly templateKey: string;
  /** The version under which a draft was begun; absent: the published one. */
  readonly templateVersion?: number;
  /** The group chat in which it was said. */
  readonly group?: GroupPlace;
  /** Untrusted; the engine has `form/` check them. */
  readonly values: Values;
  /** The ticket in whose place it is filed (再次提交), by its requester or who filed it for them. */
  readonly follows?: number;
  /** The ticket whose flow files it, not a person. */
  readonly parent?: Parent;
  /** A person split it off there: who may file it counts. */
  readonly byHand?: true;
}

/** What a command did; `parts` are still to be inserted by the caller's `Once`. */
export interface Commanded {
  readonly step: Step;
  readonly template: Template;
  readonly parts: readonly Part[];
}

export interface Commands {
  /** @throws Refused; Again when the number block is used up */
  file(tx: Tx, input: FileInput): Promise<Commanded>;
  /** Whoever changes the same ticket at once waits here. @throws Refused */
  act(tx: Tx, ticketId: number, command: ActCommand): Promise<Commanded>;
}

export interface CommandParts {
  readonly clock: Clock;
  readonly directory: () => Directory;
  readonly templates: Templates;
  readonly numbers: Numbers;
  /** Minutes east of UTC for dates in numbers. */
  readonly offsetMinutes: number;
  /** Called after the commit of each command that left something in the outbox. */
  readonly wake: () => void;
}

export function makeCommands(parts: CommandParts): Commands {
  const { clock, directory, templates, numbers } = parts;
  const onHand = { clock, directory, loads: makeLoads(clock), turns: makeTurns() };

  return {
    async file(tx, input) {
      const template = await templateFor(tx, templates, input);
      const { old, requesterId, workspace } = await whoAsks(tx, parts, input);
      if (!input.parent) await checkFiler(tx, parts, template, input.by, requesterId);
      const now = clock();
      const id = numbers.next('ticket');
      const prefix = numberPrefix(template.number, now, parts.offsetMinutes);
      const number = numberText(template.number, now, parts.offsetMinutes, numbers.next(`${template.key} ${prefix}`));
      const { by } = input;
      const { values, copied } = await filesKept(tx, template, input, old, id);
      const done = await run(tx, onHand, template, null, {
        type: 'file',
        by,
        requesterId,
        workspace,
        ...origins(input),
        ...(old ? { follows: { ticketId: old.id, number: old.number } } : {}),
        id,
        number,
        values,
      });
      await adoptAttachments(tx, by, done.ticket, template, copied);
      onHand.loads.filed(done.ticket);
      const rows = newTicketParts(done.ticket, done.events);
      return { step: done, template, parts: written(tx, parts, rows, null, done) };
    },

    async act(tx, ticketId, given) {
      const command = withCleanWords(given);
      const before = await loadForChange(tx, ticketId);
      if (!before) throw new Refused(refuse('ticket_not_found'));
      const template = await templates.at(tx, before.ticket.template.key, before.ticket.template.version);
      if (command.by !== null) {
        const right = command.type === 'comment' ? 'ticket.comment' : 'ticket.view';
        const on = { template, ticket: before.ticket, directory: directory(), now: clock() };
        throwIf(mayOn(on, command.by, right));
      }
      // Itself the engine refuses.
      if ((command.type === 'merge' || command.type === 'duplicate') && command.other.ticketId !== ticketId)
        await checkOther(tx, { by: command.by, directory: directory(), templates, now: clock() }, command.other);
      const done = await run(tx, onHand, template, before.ticket, command);
      await adoptAttachments(
        tx,
        command.by,
        done.ticket,
        template,
        fileIds(before.ticket, template),
        command.type === 'comment' ? command.files : [],
      );
      onHand.loads.acted(before.ticket, done.ticket);
      const changes = changedTicketParts(before, done.ticket, done.events);
      return { step: done, template, parts: written(tx, parts, changes, before.ticket, done) };
    },
  };
}

/** Where it comes from, as far as that is anywhere. */
const origins = ({ group, parent, byHand }: FileInput) => ({
  ...(group ? { group } : {}),
  ...(parent ? { parent } : {}),
  ...(byHand ? { byHand } : {}),
});

/** For whom it is, and in place of what. @throws Refused */
async function whoAsks(tx: Tx, { directory, templates, clock }: CommandParts, { by, requesterId, follows }: FileInput) {
  const people = directory();
  const old =
    follows === undefined ? null : await followed(tx, { by, directory: people, templates, now: clock() }, follows);
  const id = requesterId ?? old?.requesterId ?? by;
  if (old && old.requesterId !== id) throw new Refused(refuse('not_your_ticket', { number: old.number }));
  const requester = people.people.get(id);
  if (!requester?.active) throw new Refused(refuse('unknown_person'));
  return { old, requesterId: id, workspace: requester.workspace };
}

/** Of the ticket in whose place it is filed, or whose flow files it and gives it some. */
async function filesKept(
  tx: Tx,
  template: Template,
  { by, values, parent }: FileInput,
  old: Ticket | null,
  to: number,
): ReturnType<typeof copyFiles> {
  const from = old?.id ?? parent?.ticketId;
  return from === undefined ? { values, copied: [] } : copyFiles(tx, template, values, { from, to, by });
}

/** What a command writes beside its ticket: what is due later, and what leaves. */
function written(
  tx: Tx,
  { clock, wake }: CommandParts,
  rows: readonly Part[],
  before: Ticket | null,
  { effects, ticket }: Step,
): Part[] {
  if (effects.length > 0) tx.afterCommit(wake);
  const about = { ticketId: ticket.id, now: clock() };
  const leaves = outboxPart(effectRows(effects, about, ticket));
  return [...rows, ...timerParts(before, ticket, effects, about.now), leaves];
}

/** @throws Refused */
function checkFiler(tx: Tx, parts: CommandParts, template: Template, by: number, requesterId: number): Promise<void> {
  const { clock, directory, offsetMinutes } = parts;
  const people = directory();
  throwIf(mayFileFor(people, by, requesterId));
  const requester = by === requesterId ? null : (people.people.get(requesterId)?.name ?? '');
  return checkFilingLimit(tx, template, requesterId, { now: clock(), offsetMinutes, requester });
}

type OnHand = Pick<CommandParts, 'clock' | 'directory'> & {
  readonly loads: Loads;
  readonly turns: Turns;
};

/** Steps, bringing the engine what it asks for. @throws Refused */
async function run(tx: Tx, onHand: OnHand, template: Template, ticket: Ticket | null, command: Command): Promise<Step> {
  const { clock, directory } = onHand;
  let env: Env = { now: clock(), directory: directory() };
  for (;;) {
    const result = step(template, ticket, command, env);
    if (isRefusal(result)) throw new Refused(result);
    if (!isNeed(result)) return result;
    env = { ...env, ...(await answer(tx, onHand, { template, ticket, env }, result)) };
  }
}

async function answer(
  tx: Tx,
  { loads, turns }: OnHand,
  { template, ticket, env }: { template: Template; ticket: Ticket | null; env: Env },
  need: Need,
): Promise<Partial<Env>> {
  switch (need.need) {
    case 'load':
      return { load: await loads.of(tx, need.people) };
    case 'turn': {
      const next = await turns.next(tx, template, need.node, need.people);
      return { turns: new Map([...(env.turns ?? []), [need.node, next]]) };
    }
    case 'past': {
      const events = ticket ? await loadEvents(tx, ticket.id) : [];
      return { past: fold(events.filter(({ version }) => version <= need.version)) };
    }
    default:
      return unreachable(need);
  }
}

async function templateFor(reader: Reader, templates: Templates, input: FileInput): Promise<Template> {
  const current = templates.current().get(input.templateKey);
  if (!current) throw new Refused(refuse('template_not_found', { template: input.templateKey }));
  return input.templateVersion === undefined ? current : templates.at(reader, input.templateKey, input.templateVersion);
}
