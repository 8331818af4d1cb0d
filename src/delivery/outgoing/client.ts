/**
 * The one HTTP client for addresses that people configure. It goes to the public internet and to `outgoing_hosts`, and
 * nowhere else: the address that was checked is the one that is connected to, so a name that changes its mind in between
 * (DNS rebinding) gains nothing. It follows no redirect, keeps no cookie and no connection, uses no proxy of the environment.
 * Addresses may carry other people's secrets (a robot's access token), so none is ever logged or put into an error.
 */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import axios from 'axios';
import { type Lookup, makeLookup } from './lookups.ts';
import { isPublicAddress } from './publicAddress.ts';

export interface OutgoingRequest {
  readonly url: string;
  /** Beside the fixed ones; printable ASCII. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body: string;
}

/** Why it was not even tried. */
export type Forbidden = 'bad_address' | 'not_http' | 'credentials' | 'private';

export type Reply =
  /** `body`: at most `MOST_ANSWER_BYTES` of it; the rest is not read. */
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfter: string | null; readonly body: string }
  | { readonly kind: 'forbidden'; readonly why: Forbidden }
  /** No whole answer came: it may have arrived. `code` as `ECONNREFUSED`, or `timeout`. */
  | { readonly kind: 'failed'; readonly code: string };

/** Never throws for what an address leads to. */
export type Outgoing = (request: OutgoingRequest) => Promise<Reply>;

export const MOST_ANSWER_BYTES = 64 * 1024;
/** From looking up the name to the last byte. Less than a lease (30 s), so nobody else takes the row meanwhile. */
const TIMEOUT_MS = 20_000;

interface Parts {
  /** `outgoing_hosts`: `host` (its ports 80 and 443) or `host:port`. */
  readonly hosts: readonly string[];
  readonly timeoutMs?: number;
  readonly lookup?: Lookup;
}

export function makeOutgoing({ hosts, timeoutMs = TIMEOUT_MS, lookup }: Parts): Outgoing {
  const listed = new Set(hosts.map((host) => host.toLowerCase()));
  const look = makeLookup(lookup);
  return async ({ url, headers, body }) => {
    const address = readAddress(url);
    if (typeof address === 'string') return { kind: 'forbidden', why: address };
    const isListed = listedNames(address).some((name) => listed.has(name));
    const literal = literalOf(address);
    if (literal !== null && !isListed && !isPublicAddress(literal)) return { kind: 'forbidden', why: 'private' };
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { keepAlive: false, lookup: checkedLookup(look, isListed) };
    try {
      const {
        status,
        headers: got,
        data,
      } = await axios.request<Readable>({
        ...{ url: address.href, method: 'POST', data: Buffer.from(body), headers: { ...FIXED, ...headers }, signal },
        ...{ httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options), proxy: false, maxRedirects: 0 },
        ...{ responseType: 'stream', decompress: false, validateStatus: () => true },
      });
      const retryAfter: unknown = got['retry-after'];
      const text = await readSome(data);
      return { kind: 'answered', status, retryAfter: typeof retryAfter === 'string' ? retryAfter : null, body: text };
    } catch (error) {
      return signal.aborted ? { kind: 'failed', code: 'timeout' } : failureOf(error);
    }
  };
}

const FIXED = {
  'Content-Type': 'application/json; charset=utf-8',
  Accept: 'application/json',
  'Accept-Encoding': 'identity',
  'User-Agent': 'Paidan',
};

/** The parser also settles decimal, octal, hex and full-width forms: what it calls the host is what is connected to. */
function readAddress(text: string): URL | Forbidden {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return 'bad_address';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'not_http';
  if (url.username !== '' || url.password !== '') return 'credentials';
  return url;
}

/** Under which names it may stand in `outgoing_hosts`. */
function listedNames({ protocol, hostname, port }: URL): string[] {
  const name = hostname.replace(/\.$/, '');
  const usual = protocol === 'https:' ? '443' : '80';
  return port === '' ? [name, `${name}:${usual}`] : [`${name}:${port}`, ...(USUAL_PORTS.has(port) ? [name] : [])];
}
const USUAL_PORTS = new Set(['80', '443']);

/** The host when it is an address and not a name: no lookup happens then. */
function literalOf({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
}

const PRIVATE = 'PRIVATE_ADDRESS';

/** One private address among many is enough for a no: which of them is tried is not ours to say. */
const checkedLookup =
  (look: Lookup, isListed: boolean): LookupFunction =>
  (host, { all }, callback) => {
    const answer = async () => {
      const found = await look(host);
      const [first] = found;
      if (!first) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
      const isFine = isListed || found.every(({ address }) => isPublicAddress(address));
      if (!isFine) throw Object.assign(new Error('a private address'), { code: PRIVATE });
      return { found, first };
    };
    answer().then(
      ({ found, first }) => (all ? callback(null, [...found]) : callback(null, first.address, first.family)),
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };

/** Stops reading where the bound is: a longer answer costs neither memory nor time. */
async function readSome(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MOST_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString('utf8');
}

function failureOf(error: unknown): Reply {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === PRIVATE) return { kind: 'forbidden', why: 'private' };
  return { kind: 'failed', code: code ?? 'no_answer' };
}
