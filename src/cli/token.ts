/** `paidan token make WORKSPACE/ACCOUNT [--scopes read,write]`: an API token in a person's name, shown once. */
import { makeApp } from '../app.ts';
import { makeApiTokens, type Scope, SCOPES } from '../people/apiToken.ts';
import { withGround } from './ground.ts';
import { readArgs, Usage } from './usage.ts';

const HOW = '用法 usage: paidan token make WORKSPACE/ACCOUNT [--scopes read,write,admin]';

export async function tokenCommand(args: readonly string[]): Promise<number> {
  const { rest, given } = readArgs(args, [], ['scopes']);
  const [what, account] = rest;
  if (what !== 'make' || !account) throw new Usage(HOW);
  const scopes = (given.get('scopes') ?? 'read,write').split(',').map((name) => scopeOf(name.trim()));
  return withGround(async (ground) => {
    const { people } = makeApp(ground);
    const directory = await people.refresh();
    const personId = directory.accounts.get(account.toLowerCase());
    if (personId === undefined) {
      console.error(
        `通讯录里没有 ${account}，请写成 工作区/账号，例如 sandbox/wangxiao。Nobody has the account ${account}: write workspace/account.`,
      );
      return 1;
    }
    const tokens = makeApiTokens({ db: ground.db, directory: people.current, clock: Date.now });
    const { token } = await tokens.make({ personId, scopes, until: null });
    console.log(token);
    return 0;
  });
}

function scopeOf(name: string): Scope {
  const scope = SCOPES.find((known) => known === name);
  if (!scope) throw new Usage(`没有「${name}」这个权限。There is no scope “${name}”: known are ${SCOPES.join(', ')}`);
  return scope;
}
