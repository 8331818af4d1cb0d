/** The platforms: the sandbox as a process of its own, which outlives every crash of the service. */
import { join } from 'node:path';
import { packageRoot } from '../../src/config/packageRoot.ts';
import type { ClickBody, InteractiveClick, Person, Sent } from '../../src/sandbox/client.ts';
import type { DingtalkSettings } from '../../src/sandbox/dingtalk/settings.ts';
import type { Settings } from '../../src/sandbox/settings.ts';
import { startChild } from './child.ts';
import { type Mirror, openMirror } from './mirror.ts';

export type Transport = 'stream' | 'http';

export interface Platform {
  /** Settings of the workspaces `hq` (WeCom) and `plant` (DingTalk) that are connected to it, as YAML. */
  readonly workspaces: string;
  readonly people: readonly Person[];
  readonly mirror: Mirror;
  /** Where its journals lie; read them when the platform has ended. */
  readonly folder: string;
  /** @param twice  the platform delivers the same callback two times at once, as real networks do */
  say(userid: string, content: string, twice: boolean): Promise<Sent>;
  /** In a group, with @ and the app's name. */
  mention(userid: string, group: string, content: string, twice: boolean): Promise<Sent>;
  /** The same callback once more, as the platform's own retries do it. */
  repeat(userid: string, messageId: string): Promise<Sent>;
  /** WeCom. @returns null when the card changed under the finger and there is nothing to press any more */
  click(userid: string, body: ClickBody, twice: boolean): Promise<Sent | null>;
  /** DingTalk. @returns null when the client would not send it */
  act(userid: string, body: InteractiveClick, twice: boolean): Promise<Sent | null>;
  /** DingTalk over Stream: its connections are told to move on, or break. @returns how many there were */
  disturb(what: 'disconnect' | 'cut'): Promise<number>;
  /** @param url  of the service. @throws Error when it does not prove that the addresses are its own */
  callBack(url: string): Promise<void>;
  end(): Promise<void>;
}

export const WECOM = 'hq';
export const DINGTALK = 'plant';
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
const DINGTALK_SETTINGS: Partial<DingtalkSettings> = { callsPerSecond: 0 };
/** A robot message that nobody acknowledged comes again, over Stream; over HTTP it never does. */
const ROBOT_AGAIN_MS = 1_500;

export async function startPlatform(folder: string, transport: Transport): Promise<Platform> {
  const child = startChild({ args: [BIN, 'sandbox', '--port', '0', '--folder', folder], cwd: folder });
  const greeting = await child.says(/jsapi_url: .*\n/);
  const url = /the sandbox is ready: (.*)\/sandbox\//.exec(greeting)?.[1] ?? '';
  const ask = (method: string, path: string, body?: unknown) =>
    fetch(`${url}/sandbox/api/${path}`, {
      ...{ method, headers: { 'content-type': 'application/json' } },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const told = async <T>(response: Response): Promise<T> => {
    if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const save = async (path: string, body: unknown) => {
    const saved = await told<{ ok?: boolean; problem?: string }>(await ask('PUT', path, body));
    if (saved.ok === false) throw new Error(`The platform can not call the service: ${saved.problem ?? ''}`);
  };
  const possible = async (response: Response) => (response.status === 409 ? null : told<Sent>(response));
  const chat = (userid: string, path: string, twice: boolean) => `chats/${userid}/${path}${twice ? TWICE : ''}`;
  await save('settings', SETTINGS);
  await save('dingtalk/settings', DINGTALK_SETTINGS);
  await save('dingtalk/timing', { robotAgainMs: ROBOT_AGAIN_MS });
  const people = await told<Person[]>(await ask('GET', 'people'));
  const mirror = await openMirror(url);
  return {
    ...{ mirror, people, folder, workspaces: workspacesIn(greeting, transport) },
    say: async (userid, content, twice) => told<Sent>(await ask('POST', chat(userid, 'text', twice), { content })),
    async mention(userid, group, content, twice) {
      const path = chat(userid, `groups/${encodeURIComponent(group)}/text`, twice);
      return told<Sent>(await ask('POST', path, { content, mention: true }));
    },
    repeat: async (userid, messageId) => told<Sent>(await ask('POST', `chats/${userid}/retry`, { messageId })),
    click: async (userid, body, twice) => possible(await ask('POST', chat(userid, 'click', twice), body)),
    act: async (userid, body, twice) => possible(await ask('POST', chat(userid, 'act', twice), body)),
    disturb: async (what) => (await told<{ hit: number }>(await ask('POST', 'dingtalk/stream', { what }))).hit,
    async callBack(service) {
      await save('callback', { url: `${service}/callbacks/wecom/${WECOM}` });
      const [robotUrl, eventUrl] = ['robot', 'events'].map(
        (door) => `${service}/callbacks/dingtalk/${DINGTALK}/${door}`,
      );
      await save('dingtalk/console', transport === 'http' ? { transport, robotUrl, eventUrl } : { transport });
    },
    async end() {
      mirror.close();
      await child.end();
    },
  };
}

/** As the sandbox prints them; a month of a campaign is not what a corp pays for. */
const workspacesIn = (greeting: string, transport: Transport): string =>
  (/^(workspaces:[^]*)/m.exec(greeting)?.[1] ?? '').replace(
    /transport: \w+/,
    `transport: ${transport}\n    quota: { calls: 1000000, pushes: 1000000 }`,
  );
