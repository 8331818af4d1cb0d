/** Stands between the platform and the service, as somebody on the line would: hears every callback, and may keep it back. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Heard {
  readonly path: string;
  readonly body: string;
}
export interface Tap {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** From now on nothing is passed on; the platform believes it was. */
  keepBack(on: boolean): void;
  close(): Promise<void>;
}

/** @param target address of the service's callback */
export async function aTap(target: string): Promise<Tap> {
  const heard: Heard[] = [];
  let keeps = false;
  const server = createServer((request, response) => {
    void (async () => {
      const query = request.url?.split('?')[1] ?? '';
      const body = await text(request);
      if (request.method === 'POST') heard.push({ path: `?${query}`, body });
      if (keeps) return response.writeHead(200).end();
      const { method = 'GET' } = request;
      const answer = await fetch(`${target}?${query}`, { method, ...(method === 'POST' ? { body } : {}) });
      response.writeHead(answer.status).end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    heard,
    keepBack: (on) => void (keeps = on),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
