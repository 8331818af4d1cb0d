/** `paidan webhook secret HOST [--rotate]`: what the receiver at this host checks signatures with. */
import { makeWebhookSecrets } from '../delivery/webhook/secret.ts';
import { withGround } from './ground.ts';
import { readArgs, Usage } from './usage.ts';

const HOW = '用法 usage: paidan webhook secret HOST[:PORT] | URL [--rotate]';

export async function webhookCommand(args: readonly string[]): Promise<number> {
  const { rest, given } = readArgs(args, ['rotate'], []);
  const [what, where, ...more] = rest;
  const host = hostOf(where ?? '');
  if (what !== 'secret' || host === null || more.length > 0) throw new Usage(HOW);
  return withGround(async ({ db, box, clock }) => {
    const secrets = makeWebhookSecrets({ db, box, clock });
    const [newest, before] = given.has('rotate') ? [await secrets.rotate(host)] : await secrets.of(host);
    console.log(newest);
    // Beside the secret, and not among what a script reads.
    if (given.has('rotate') || before !== undefined)
      console.error(
        `${host} 的签名在更换后的一天里新旧密钥都带。For a day after a change ${host} is signed with the old secret, too.`,
      );
    return 0;
  });
}

/** As the sender has it: with its port unless that is the usual one of the address. A bare host is one of `https`. */
function hostOf(where: string): string | null {
  const url = /^https?:\/\//i.test(where) ? where : `https://${where}`;
  return URL.canParse(url) ? new URL(url).host : null;
}
