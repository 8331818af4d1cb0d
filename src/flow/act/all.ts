/** Each act and the function that does it. Who may do it, and when, was judged before: `../guard.ts`. */
import type { TaskAct, TicketAct } from '../acts.ts';
import { rescue } from '../automatic/rescue.ts';
import type { Command } from '../command.ts';
import type { Halt, Run } from '../run.ts';
import type { Task } from '../ticket.ts';
import { addSign, delegate } from './addSign.ts';
import { advise } from './advise.ts';
import { cc } from './cc.ts';
import { comment } from './comment.ts';
import { complete } from './complete.ts';
import { decide } from './decide.ts';
import { dispatch } from './dispatch.ts';
import { forceClose, jump, reassign, reResolve } from './intervene.ts';
import { merge } from './merge.ts';
import { pause, resume } from './pause.ts';
import { release } from './release.ts';
import { removeSign } from './removeSign.ts';
import { reopen } from './reopen.ts';
import { returnTask } from './return.ts';
import { recategorize, reprioritize } from './sort.ts';
import { split } from './split.ts';
import { submit } from './submit.ts';
import { take } from './take.ts';
import { takeBack } from './takeBack.ts';
import { transfer } from './transfer.ts';
import { urge } from './urge.ts';
import { withdraw } from './withdraw.ts';

type Of<T> = Extract<Command, { type: T }>;
export type OnTask = Of<TaskAct>;
export type OnTicket = Of<TicketAct>;

const ON_TASK: { readonly [A in TaskAct]: (run: Run, task: Task, command: Of<A>) => Halt } = {
  claim: take,
  accept: take,
  release,
  dispatch,
  complete,
  agree: decide,
  refuse: decide,
  return: returnTask,
  transfer,
  add_sign: addSign,
  remove_sign: removeSign,
  delegate,
  advise,
  submit,
  retry: rescue,
  skip: rescue,
  pause,
  split,
  reassign,
  re_resolve: reResolve,
};
const ON_TICKET: { readonly [A in TicketAct]: (run: Run, command: Of<A>) => Halt } = {
  withdraw,
  comment,
  cc,
  urge,
  take_back: takeBack,
  resume,
  reopen,
  merge,
  duplicate: merge,
  recategorize,
  reprioritize,
  jump,
  force_close: forceClose,
};

// The compiler can't see that a command's own type leads to the function that takes it.
export const actOnTask = (run: Run, task: Task, command: OnTask): Halt =>
  (ON_TASK[command.type] as (run: Run, task: Task, command: OnTask) => Halt)(run, task, command);
export const actOnTicket = (run: Run, command: OnTicket): Halt =>
  (ON_TICKET[command.type] as (run: Run, command: OnTicket) => Halt)(run, command);
