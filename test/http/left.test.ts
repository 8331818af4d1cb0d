/** A callback's answer counts as left only when it was written to the platform: `workspace/port.ts`, `Answered.left`. */
import { connect } from 'node:net';
import { beforeAll, expect, it } from '@jest/globals';
import type { Workspace } from '../../src/workspace/port.ts';
import { eachSite, type Site } from '../support/site.ts';

eachSite('the answer to a callback', (start) => {
  let site: Site;
  const heard: string[] = [];
  let release: () => void = () => {};
  beforeAll(async () => {
    const callback: Workspace['callback'] = async ({ path }) => {
      heard.push(path);
      if (path === '/robot') await new Promise<void>((resolve) => (release = resolve));
      return { status: 200, type: 'application/json', body: '{}', left: () => void heard.push(`left ${path}`) };
    };
    const plant = { id: 'plant', kind: 'dingtalk', callback } as Workspace;
    site = await start({ workspaces: new Map([['plant', plant]]) });
  });
  const until = async (what: () => boolean) => {
    for (let i = 0; i < 400 && !what(); i += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('has left once it was written', async () => {
    const response = await fetch(`${site.url}/callbacks/dingtalk/plant/card`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(200);
    await until(() => heard.includes('left /card'));
    expect(heard).toEqual(['/card', 'left /card']);
  });

  it('has not left when nobody was there any more to read it', async () => {
    const { hostname, port } = new URL(site.url);
    const socket = connect(Number(port), hostname);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('POST /callbacks/dingtalk/plant/robot HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}');
    await until(() => heard.includes('/robot'));
    socket.destroy();
    await closed;
    // The server learns of it by the closed connection, in its own time.
    await new Promise((resolve) => setTimeout(resolve, 50));
    release();
    await fetch(`${site.url}/callbacks/dingtalk/plant/events`, { method: 'POST', body: '{}' });
    await until(() => heard.includes('left /events'));
    expect(heard).not.toContain('left /robot');
  });
});
