/** What `http/` does for the callbacks, in the least words; and a cache that forgets nothing. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Receive, Workspace } from '../../../src/workspace/port.ts';
import type { TokenCache } from '../../../src/workspace/tokenCache.ts';

/** Forgets nothing by time: the adapter must see for itself that a token is over. */
export function aCache(): TokenCache & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}

export interface Door {
  /** Without a path. */
  readonly url: string;
  /** Who answers from now on. */
  open(workspace: Workspace, receive: Receive): void;
  close(): Promise<unknown>;
}

/** @param below  path of the workspace's callbacks, as `/callbacks/wecom/hq` */
export async function aDoor(below: string): Promise<Door> {
  let inside: { workspace: Workspace; receive: Receive } | null = null;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!inside) return void response.writeHead(503).end();
    const { workspace, receive } = inside;
    const call = {
      method: request.method ?? '',
      path: url.pathname.replace(below, ''),
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
      body: Buffer.concat(chunks),
    };
    const reply = await workspace.callback(call, receive);
    response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body, () => reply.left?.());
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: (workspace, receive) => void (inside = { workspace, receive }),
    close: () => new Promise((resolve) => server.close(resolve) && server.closeAllConnections()),
  };
}
