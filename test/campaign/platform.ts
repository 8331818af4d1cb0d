/** The platform: the sandbox as a process of its own, which outlives every crash of the service. */
import { join } from 'node:path';
import { packageRoot } from '../../src/config/packageRoot.ts';
import type { ClickBody, Sent } from '../../src/sandbox/client.ts';
import type { Settings } from '../../src/sandbox/settings.ts';
import { startChild } from './child.ts';
import { type Mirror, openMirror } from './mirror.ts';

export interface Platform {
  /** Settings of a workspace `hq` that is connected to it, as YAML. */
  readonly workspaces: string;
  readonly mirror: Mirror;
  /** Where its journal lies; read it when the platform has ended. */
  readonly folder: string;
  /** @param twice  the platform delivers the same callback two times at once, as real networks do */
  say(userid: string, content: string, twice: boolean): Promise<Sent>;
  /** The same callback once more, as the platform's own retries do it. */
  repeat(userid: string, messageId: string): Promise<Sent>;
  /** @returns null when the card changed under the finger and there is nothing to press any more */
  click(userid: string, body: ClickBody, twice: boolean): Promise<Sent | null>;
  /** @throws Error when the service does not prove that the address is its own */
  callBack(url: string): Promise<void>;
  end(): Promise<void>;
}

export const WORKSPACE = 'hq';
const TWICE = '?repeat=2&concurrent=1';
const BIN = join(packageRoot(), 'bin/paidan.js');

/** Retries come as long as a restart takes; nobody is dropped in silence, or "it never came" would prove nothing. */
const SETTINGS: Partial<Settings> = {
  retryDelaysMs: [400, 1_500, 4_000],
  perMinute: 10_000,
  perHour: 100_000,
  callsPerMinute: 1_000_000,
  verifyTimeoutMs: 5_000,
};

export async function startPlatform(folder: string): Promise<Platform> {
  const child = startChild({ args: [BIN, 'sandbox', '--port', '0', '--folder', folder], cwd: folder });
  const greeting = await child.says(/oauth_base: .*\n/);
  const url = /the sandbox is ready: (.*)\/sandbox\//.exec(greeting)?.[1] ?? '';
  const ask = (method: string, path: string, body: unknown) =>
    fetch(`${url}/sandbox/api/${path}`, {
      ...{ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    });
  const told = async <T>(response: Response): Promise<T> => {
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  await told(await ask('PUT', 'settings', SETTINGS));
  const mirror = await openMirror(url);
  return {
    ...{ mirror, folder, workspaces: /^(workspaces:[^]*)/m.exec(greeting)?.[1] ?? '' },
    say: async (userid, content, twice) =>
      told<Sent>(await ask('POST', `chats/${userid}/text${twice ? TWICE : ''}`, { content })),
    repeat: async (userid, messageId) => told<Sent>(await ask('POST', `chats/${userid}/retry`, { messageId })),
    async click(userid, body, twice) {
      const response = await ask('POST', `chats/${userid}/click${twice ? TWICE : ''}`, body);
      return response.status === 409 ? null : told<Sent>(response);
    },
    async callBack(address) {
      const saved = await told<{ ok: boolean; problem?: string }>(await ask('PUT', 'callback', { url: address }));
      if (!saved.ok) throw new Error(`The platform can not call the service: ${saved.problem ?? ''}`);
    },
    async end() {
      mirror.close();
      await child.end();
    },
  };
}
