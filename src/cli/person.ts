/**
 * `paidan person link|unlink ACCOUNT ACCOUNT`: one person on two platforms, or two people after all.
 * `paidan person successor ACCOUNT [ACCOUNT|--none]`: who takes over when somebody leaves, or has left; told, or set.
 */
import type { Directory, PersonId } from '../flow/directory.ts';
import { heirOf } from '../flow/heir.ts';
import { nameSuccessor, personOfAccount } from '../people/leavers.ts';
import { linkAccounts, unlinkAccounts } from '../people/link.ts';
import { onGround } from './ground.ts';
import { readArgs, Usage } from './usage.ts';

const HOW = `用法 usage: paidan person link FROM INTO
           paidan person unlink FROM INTO
           paidan person successor ACCOUNT [SUCCESSOR | --none]
账号写成 accounts as 工作区/账号 workspace/account`;

export async function personCommand(args: readonly string[]): Promise<number> {
  const { rest, given } = readArgs(args, ['none'], []);
  const [what, first, second, ...more] = rest;
  if (!first || more.length > 0) throw new Usage(HOW);
  const none = given.has('none');
  if (what === 'successor' && !(none && second)) return successor(first, none ? null : second);
  const change = what === 'link' ? linkAccounts : what === 'unlink' ? unlinkAccounts : null;
  if (!change || !second || none) throw new Usage(HOW);
  return link(change, first, second);
}

const link = (change: typeof linkAccounts, from: string, into: string): Promise<number> =>
  onGround(async ({ ground: { db, cache }, directory }) => {
    const personId = await change(db, { from, into, announcer: cache });
    const person = (await directory()).people.get(personId);
    const accounts = person?.places.map(({ workspace, account }) => `${workspace}/${account}`) ?? [];
    console.log(`${person?.name ?? ''}: ${accounts.join(', ')}`);
  });

/** @param to null: nobody any more; undefined: only asked */
const successor = (account: string, to: string | null | undefined): Promise<number> =>
  onGround(async ({ ground: { db, cache }, directory }) => {
    const find = (name: string) => db.read((rows) => personOfAccount(rows, name));
    const personId = await find(account);
    if (to !== undefined) {
      const next = to === null ? null : await find(to);
      const naming = { personId, successor: next, by: null, now: Date.now() };
      await nameSuccessor(db, { ...naming, directory: await directory(), announcer: cache });
    }
    console.log(told(await directory(), personId));
  });

function told(directory: Directory, personId: PersonId): string {
  const person = directory.people.get(personId);
  const heir = heirOf(directory, personId);
  const name = person?.name ?? '';
  if (heir === null)
    return `${name} 离职后没有人接手，按各流程的 if_empty 处理。Nobody takes over from ${name}: each step’s if_empty decides.`;
  const to = directory.people.get(heir)?.name ?? '';
  const [zh, en] = person?.successor === heir ? ['指定的交接人', 'named'] : ['上级', 'their manager'];
  return `${name} 离职后由 ${to} 接手（${zh}）。${to} takes over from ${name} (${en}).`;
}
