/** The one safe HTTP client. A3 of reliability.md: no form of a private address makes a connection. */
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeOutgoing, MOST_ANSWER_BYTES, type Reply } from '../../src/delivery/outgoing/client.ts';
import { type Lookup, makeLookup } from '../../src/delivery/outgoing/lookups.ts';
import { isPublicAddress } from '../../src/delivery/outgoing/publicAddress.ts';

/** Names of a resolver that an attacker owns. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'loopback.evil.test': ['127.0.0.1'],
  'six.evil.test': ['::1'],
  'mapped.evil.test': ['::ffff:127.0.0.1'],
  'lan.evil.test': ['192.168.1.10'],
  'metadata.evil.test': ['169.254.169.254'],
  'mixed.evil.test': ['2e00::1', '127.0.0.1'],
  'mixed-back.evil.test': ['127.0.0.1', '2e00::1'],
  'nat64.evil.test': ['64:ff9b::7f00:1'],
  'scoped.evil.test': ['fe80::1%lo'],
  'odd.evil.test': ['0x7f.1'],
  'empty.evil.test': [],
  'known.test': ['127.0.0.1'],
  localhost: ['127.0.0.1', '::1'],
};
const lookup: Lookup = async (host) => {
  const found = NAMES[host.replace(/\.$/, '')];
  if (!found) throw Object.assign(new Error(host), { code: 'ENOTFOUND' });
  return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

let server: Server;
let port: number;
let connections = 0;
let listener: RequestListener = (_request, response) => void response.end('{}');
beforeAll(async () => {
  server = createServer((request, response) => listener(request, response));
  server.on('connection', () => (connections += 1));
  // Both families, all addresses of this machine.
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
afterEach(() => {
  connections = 0;
  listener = (_request, response) => void response.end('{}');
});

const post = (url: string, hosts: readonly string[] = [], timeoutMs = 20_000): Promise<Reply> =>
  makeOutgoing({ hosts, timeoutMs, lookup })({ url, headers: {}, body: '{}' });

describe('private addresses in all their forms make no connection (A3)', () => {
  const hosts = [
    // loopback, as the parser of addresses also reads it
    ...['127.0.0.1', '127.0.0.2', '127.255.255.254', '127.1', '127.0.1', '2130706433', '0x7f000001', '017700000001'],
    ...['0x7f.0x0.0x0.0x1', '0177.0.0.01', '0x7f.1', '0177.1', '127.0.0.1.', '%31%32%37.0.0.1', '127.0.0.%31'],
    ...['１２７.０.０.１', '127。0。0。1', '127｡0｡0｡1', '①②⑦.⓪.⓪.①', '0', '0.0.0.0', '00', '0x0', '127.0.0.0x1'],
    // link-local, metadata, private, carrier, and what is not for hosts
    ...['169.254.169.254', '169.254.0.23', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '100.100.100.200'],
    ...['168.63.129.16', '192.0.0.192', '10.0.0.1', '10.255.255.255', '012.0.0.1', '172.16.0.1', '172.31.255.255'],
    ...['192.168.0.1', '192.168.1', '3232235521', '100.64.0.1', '100.127.255.255', '198.18.0.1', '192.0.2.1'],
    ...['198.51.100.1', '203.0.113.1', '192.88.99.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    // IPv6, and IPv4 hidden in it
    ...['[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:a9fe:a9fe]'],
    ...['[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::7f00:1]'],
    ...['[2002:7f00:1::]', '[2002:a9fe:a9fe::1]', '[2001:0:7f00:1::]', '[fe80::1]', '[febf::1]', '[fc00::1]'],
    ...['[fd00:ec2::254]', '[fec0::1]', '[ff02::1]', '[100::1]', '[2001:db8::1]', '[3fff::1]', '[5f00::1]'],
    // names
    ...['localhost', 'LOCALHOST', 'localhost.', 'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ', 'loopback.evil.test', 'six.evil.test'],
    ...['mapped.evil.test', 'lan.evil.test', 'metadata.evil.test', 'mixed.evil.test', 'mixed-back.evil.test'],
    ...['nat64.evil.test', 'scoped.evil.test', 'odd.evil.test'],
  ];
  it.each(hosts)('http://%s/', async (host) => {
    expect(await post(`http://${host}:${port}/`)).toEqual({ kind: 'forbidden', why: 'private' });
    expect(connections).toBe(0);
  });

  const addresses: readonly [url: (port: number) => string, why: string][] = [
    [(p) => `https://127.0.0.1:${p}/`, 'private'],
    [(p) => `https://[::ffff:127.0.0.1]:${p}/`, 'private'],
    [(p) => `https://loopback.evil.test:${p}/`, 'private'],
    [(p) => `http:127.0.0.1:${p}`, 'private'],
    [(p) => `http:\\\\127.0.0.1:${p}\\`, 'private'],
    [(p) => `http:////127.0.0.1:${p}/`, 'private'],
    [(p) => `http://127.0.0.1:${p}\\@example.com/`, 'private'],
    [(p) => `http://127.0.0.1:${p}#@example.com/`, 'private'],
    [(p) => `http://127.0\n.0.1:${p}/`, 'private'],
    [(p) => ` \thttp://127.0.0.1:${p}/ `, 'private'],
    [(p) => `http://example.com@127.0.0.1:${p}/`, 'credentials'],
    [(p) => `http://a:b@loopback.evil.test:${p}/`, 'credentials'],
    [(p) => `http://[fe80::1%25lo]:${p}/`, 'bad_address'],
    [(p) => `//127.0.0.1:${p}/`, 'bad_address'],
    [(p) => `127.0.0.1:${p}`, 'bad_address'],
    [() => '', 'bad_address'],
    [() => 'http://', 'bad_address'],
    [() => 'http://127.0.0.1:99999/', 'bad_address'],
    [() => 'http://0x7f.0.0.1.1/', 'bad_address'],
    [() => 'file:///etc/passwd', 'not_http'],
    [(p) => `ftp://127.0.0.1:${p}/`, 'not_http'],
    [(p) => `gopher://127.0.0.1:${p}/_x`, 'not_http'],
    [(p) => `ws://127.0.0.1:${p}/`, 'not_http'],
    [() => 'data:application/json,{}', 'not_http'],
    [() => 'javascript:1', 'not_http'],
    [() => 'unix:/var/run/docker.sock', 'not_http'],
  ];
  it.each(addresses.map(([url, why]) => ({ url, shown: url(1), why })))('$shown', async ({ url, why }) => {
    expect(await post(url(port))).toEqual({ kind: 'forbidden', why });
    expect(connections).toBe(0);
  });

  it('a name that changes its mind (DNS rebinding) is asked once, and what was checked is connected to', async () => {
    let asked = 0;
    const fickle: Lookup = async () => {
      asked += 1;
      // Public and of nobody, then this machine.
      return asked === 1 ? [{ address: '2e00::1', family: 6 }] : [{ address: '127.0.0.1', family: 4 }];
    };
    const outgoing = makeOutgoing({ hosts: [], timeoutMs: 300, lookup: fickle });
    const reply = await outgoing({ url: `http://rebind.evil.test:${port}/`, headers: {}, body: '{}' });
    expect(reply.kind).toBe('failed');
    expect(asked).toBe(1);
    expect(connections).toBe(0);
  });

  it('the proxy of the environment is not used', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { http_proxy: `http://127.0.0.1:${port}`, HTTP_PROXY: `http://127.0.0.1:${port}` });
    expect(await post('http://nowhere.test/')).toEqual({ kind: 'failed', code: 'ENOTFOUND' });
    process.env = before;
    expect(connections).toBe(0);
  });

  it.each(['8.8.8.8', '223.5.5.5', '172.32.0.1', '100.128.0.1', '2400:3200::1', '2606:4700::1111'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe('outgoing_hosts', () => {
  it('a listed host with its port is called, also as a name', async () => {
    expect(await post(`http://127.0.0.1:${port}/x`, [`127.0.0.1:${port}`])).toMatchObject({ status: 200, body: '{}' });
    expect(await post(`http://Known.test:${port}/x`, [`KNOWN.test:${port}`])).toMatchObject({ status: 200 });
    expect(await post(`http://known.test.:${port}/x`, [`known.test:${port}`])).toMatchObject({ status: 200 });
    expect(connections).toBe(3);
  });

  it('another port or another name of the same machine is not, nor a host listed for the usual ports only', async () => {
    const no = { kind: 'forbidden', why: 'private' };
    expect(await post(`http://127.0.0.1:${port}/`, [`127.0.0.1:${port + 1}`])).toEqual(no);
    expect(await post(`http://127.0.0.1:${port}/`, ['127.0.0.1'])).toEqual(no);
    expect(await post(`http://localhost:${port}/`, [`127.0.0.1:${port}`])).toEqual(no);
    expect(await post(`http://a.known.test:${port}/`, [`known.test:${port}`])).toMatchObject({ code: 'ENOTFOUND' });
    expect(connections).toBe(0);
  });

  it('without a port it means 80 and 443', async () => {
    // Nobody listens there, or somebody whose answer is of no interest: what counts is that it was allowed.
    for (const url of ['http://known.test/', 'https://known.test/', 'http://known.test:443/'])
      expect((await post(url, ['known.test'])).kind).not.toBe('forbidden');
  });

  it.each([301, 302, 303, 307, 308])('a redirect (%d) of a listed host is not followed', async (status) => {
    let asked = 0;
    listener = (_request, response) => {
      asked += 1;
      response.writeHead(status, { location: `http://127.0.0.1:${port}/inner` }).end();
    };
    expect(await post(`http://known.test:${port}/`, [`known.test:${port}`])).toMatchObject({ status });
    expect(asked).toBe(1);
  });
});

describe('what is sent and read', () => {
  const listed = (timeoutMs?: number) =>
    post(`http://known.test:${port}/hook?token=t`, [`known.test:${port}`], timeoutMs);

  it('a POST with fixed headers, as it stands, and no cookie of an earlier answer', async () => {
    const got: IncomingMessage[] = [];
    listener = (request, response) => {
      got.push(request);
      response.setHeader('set-cookie', 'a=b').end('{}');
    };
    await listed();
    await listed();
    expect(got[1]).toMatchObject({ method: 'POST', url: '/hook?token=t' });
    expect(got[1]?.headers).toEqual({
      ...{ host: `known.test:${port}`, connection: 'close', 'content-length': '2', 'user-agent': 'Paidan' },
      ...{ accept: 'application/json', 'accept-encoding': 'identity' },
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it('who never answers, never ends or drips is given up in time', async () => {
    const began = Date.now();
    listener = () => undefined;
    expect(await listed(300)).toEqual({ kind: 'failed', code: 'timeout' });
    listener = (_request, response) => void response.write('{');
    expect(await listed(300)).toEqual({ kind: 'failed', code: 'timeout' });
    listener = (_request, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await listed(300)).toEqual({ kind: 'failed', code: 'timeout' });
    expect(Date.now() - began).toBeLessThan(15_000);
  });

  it('a name that never resolves is given up in time, too', async () => {
    const outgoing = makeOutgoing({ hosts: [], timeoutMs: 300, lookup: () => new Promise(() => undefined) });
    const reply = await outgoing({ url: 'http://slow.test/', headers: {}, body: '{}' });
    expect(reply).toEqual({ kind: 'failed', code: 'timeout' });
  });

  it('a reset in the middle of the answer is no answer', async () => {
    listener = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"half":', () => response.socket?.resetAndDestroy());
    };
    expect(await listed()).toMatchObject({ kind: 'failed' });
  });

  it('of an endless answer 64 KiB are read, compressed or not, and the connection ends', async () => {
    const closed = new Promise<void>((resolve) => {
      listener = (_request, response) => {
        const flood = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384)));
        };
        response.on('drain', flood).on('close', resolve);
        response.setHeader('content-encoding', 'gzip');
        flood();
      };
    });
    const reply = await listed();
    expect(reply).toMatchObject({ kind: 'answered', status: 200 });
    expect(reply.kind === 'answered' && reply.body.length).toBe(MOST_ANSWER_BYTES);
    await closed;
  });
});

it('names are looked up two at a time, each once for all who ask at once', async () => {
  const asked: string[] = [];
  const ends = new Map<string, () => void>();
  const look = makeLookup(async (host) => {
    asked.push(host);
    await new Promise<void>((resolve) => ends.set(host, resolve));
    return [{ address: '1.1.1.1', family: 4 }];
  });
  const all = [look('a'), look('a'), look('b'), look('c')];
  await Promise.resolve();
  expect(asked).toEqual(['a', 'b']);
  ends.get('a')?.();
  await all[0];
  await all[1];
  expect(asked).toEqual(['a', 'b', 'c']);
  ends.get('b')?.();
  ends.get('c')?.();
  expect(await Promise.all(all)).toHaveLength(4);
});
