/** Who is calling, as an address: the connection's own, or what a trusted proxy says. */
import { BlockList, isIP } from 'node:net';
import type { Context } from 'koa';

export type ClientIp = (ctx: Context) => string;

/** @param trusted addresses and ranges, such as `10.0.0.0/8`; none: `X-Forwarded-For` is not believed */
export function makeClientIp(trusted: readonly string[]): ClientIp {
  const proxies = new BlockList();
  for (const one of trusted) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (ctx) => {
    let address = plain(ctx.req.socket.remoteAddress ?? '');
    if (trusted.length === 0) return address;
    // From the nearest proxy outwards: the first that is not ours is the caller; what stands before it is hearsay.
    for (const before of ctx.get('x-forwarded-for').split(',').reverse()) {
      if (!isTrusted(address)) return address;
      const next = plain(before.trim());
      if (isIP(next) === 0) return address;
      address = next;
    }
    return address;
  };
}

const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/, '');
