/** Somebody else's system on this machine, under any name: what it was sent, and how it fails. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Lookup } from '../../src/delivery/outgoing/lookups.ts';

export interface Got {
  readonly host: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
export type Mood = (response: ServerResponse, got: Got) => void;

export const answers =
  (status: number, body = '{}', headers: Record<string, string> = {}): Mood =>
  (response) =>
    void response.writeHead(status, headers).end(body);
export const hangs: Mood = () => undefined;
export const resets: Mood = (response) => void response.socket?.resetAndDestroy();
export const resetsHalfway: Mood = (response) => {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"half":', () => response.socket?.resetAndDestroy());
};

export type Receiver = Awaited<ReturnType<typeof aReceiver>>;

export async function aReceiver() {
  const got: Got[] = [];
  const moods = new Map<string, Mood>();
  let usual: Mood = answers(200);
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const host = (request.headers.host ?? '').replace(/:\d+$/, '');
      const one = { host, path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
      got.push(one);
      open += 1;
      most = Math.max(most, open);
      let done = false;
      const end = () => {
        if (!done) open -= 1;
        done = true;
      };
      response.on('finish', end).on('close', end);
      (moods.get(host) ?? usual)(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = (server.address() as AddressInfo).port;
  const lookup: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];
  return {
    ...{ got, port, lookup },
    /** How many calls were under way at once, at most. */
    mostAtOnce: () => most,
    will: (mood: Mood, host?: string) => void (host === undefined ? (usual = mood) : moods.set(host, mood)),
    reset() {
      got.length = 0;
      moods.clear();
      most = 0;
      usual = answers(200);
    },
    hangUp: () => server.closeAllConnections(),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
