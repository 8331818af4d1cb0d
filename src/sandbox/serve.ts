/** The sandbox as a server of its own (`paidan sandbox`), so that killing the service leaves the platform standing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Organisation } from './organisation.ts';
import { makeSandbox, type Sandbox } from './sandbox.ts';

export interface ServeOptions {
  /** 0: any free one. */
  port: number;
  /** Default 127.0.0.1: everybody can be anybody there, so it is for this machine. */
  host?: string;
  folder: string | null;
  clock: Clock;
  log: Log;
  seed?: number;
  organisation?: Organisation;
  dingtalkOrganisation?: Organisation;
  /** Default: where it listens. */
  publicUrl?: string;
}

export interface ServedSandbox {
  /** Without a slash at its end. */
  readonly url: string;
  readonly sandbox: Sandbox;
  close(): Promise<void>;
}

export async function serveSandbox({
  port,
  host = '127.0.0.1',
  publicUrl,
  ...rest
}: ServeOptions): Promise<ServedSandbox> {
  const app = new Koa();
  app.on('error', (error: Error & { code?: string }) => {
    // A reader that leaves in the middle of an answer is everyday life.
    if (error.code !== 'ECONNRESET' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE')
      rest.log.error('sandbox: a request failed', { error: error.stack });
  });
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const url = publicUrl ?? `http://${host}:${(server.address() as AddressInfo).port}`;
  const sandbox = await makeSandbox({ ...rest, publicUrl: url });
  app.use(sandbox.middleware());
  const handle = app.callback();
  server.on('request', (request, response) => void handle(request, response));
  server.on('upgrade', (request, socket, head) => {
    if (!sandbox.upgrade(request, socket, head)) socket.destroy();
  });
  return {
    url,
    sandbox,
    async close() {
      await sandbox.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
