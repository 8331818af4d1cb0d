/** The edges: callbacks that fail, health, pages and their headers, request ids, the description of the API. */
import { connect } from 'node:net';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Middleware } from 'koa';
import { makeClientIp } from '../../src/http/edge/clientIp.ts';
import { localeOf } from '../../src/http/edge/locale.ts';
import { ROUTES } from '../../src/http/contract/routes.ts';
import type { Route } from '../../src/http/contract/route.ts';
import { openApi } from '../../src/http/openApi.ts';
import { cleanName } from '../../src/http/present/attachment.ts';
import type { CallbackRequest, Workspace } from '../../src/workspace/port.ts';
import { eachSite, type Site } from '../support/site.ts';

describe('the description of the API', () => {
  const document = openApi() as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; responses: object; requestBody?: object }>>;
    components: { schemas: Record<string, object> };
  };

  it('holds every route and nothing else', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => `${operationId} ${method.toUpperCase()} ${path}`),
    );
    const routes = Object.entries(ROUTES).map(([name, { method, path }]) => `${name} ${method} ${path}`);
    expect(described.sort()).toEqual(routes.sort());
  });

  it('says what each takes, answers, and refuses', () => {
    for (const [name, route] of Object.entries(ROUTES) as [string, Route][]) {
      const operation = document.paths[route.path]?.[route.method.toLowerCase()];
      expect([name, Object.keys(operation?.responses ?? {})]).toEqual([
        name,
        expect.arrayContaining([String(route.status), '401', '429', '500', '503']),
      ]);
      expect([name, operation?.requestBody !== undefined]).toEqual([name, route.body !== undefined]);
    }
  });

  it('has every schema that it refers to, by OpenAPI 3.1', () => {
    const text = JSON.stringify(document);
    const named = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(named.length).toBeGreaterThan(40);
    for (const ref of new Set(named)) {
      expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(document.components.schemas).toHaveProperty(ref.split('/').at(-1) ?? '');
    }
    expect(document.openapi).toBe('3.1.0');
    expect(text).not.toMatch(/"\$(id|schema|defs)":/);
  });
});

describe('the reader’s language', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['en-US,en;q=0.9', 'en'],
    ['zh-TW', 'zh-CN'],
    ['fr-FR, en;q=0.5, zh;q=0.8', 'zh-CN'],
    ['de', 'zh-CN'],
    ['en;q=0', 'zh-CN'],
    [';;;,,,q=', 'zh-CN'],
  ])('%s → %s', (header, locale) => expect(localeOf(header)).toBe(locale));
});

describe('who is calling', () => {
  const ctx = (remoteAddress: string, forwarded: string) =>
    ({ req: { socket: { remoteAddress } }, get: () => forwarded }) as unknown as Parameters<
      ReturnType<typeof makeClientIp>
    >[0];
  it.each([
    ['nobody is trusted', [], '10.0.0.1', '1.2.3.4', '10.0.0.1'],
    ['our proxy says so', ['10.0.0.0/8'], '::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['what a stranger claims is hearsay', ['10.0.0.0/8'], '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', '1.2.3.4'],
    ['a stranger’s own claim', ['10.0.0.0/8'], '1.2.3.4', '6.6.6.6', '1.2.3.4'],
    ['rubbish', ['10.0.0.1'], '10.0.0.1', 'unknown', '10.0.0.1'],
  ])('%s', (_, trusted, remote, forwarded, is) => expect(makeClientIp(trusted)(ctx(remote, forwarded))).toBe(is));
});

describe('a file’s name', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\报告.docx', '报告.docx'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['.htaccess', 'htaccess'],
    ['a\r\nset-cookie: x', 'aset-cookie x'],
    ['', 'file'],
    ['<img src=x>.png', 'img src=x.png'],
    [`${'长'.repeat(300)}.png`, `${'长'.repeat(120)}.png`],
  ])('%j → %j', (given, clean) => expect(cleanName(given)).toBe(clean));
});

const aWorkspace = (callback: Workspace['callback']): Workspace =>
  ({ id: 'hq', kind: 'wecom', callback }) as unknown as Workspace;

eachSite('the edges', (start) => {
  let site: Site;
  let pageUrl: string;
  const seen: CallbackRequest[] = [];
  const workspaces = new Map([
    [
      'hq',
      aWorkspace(async (request) => {
        seen.push(request);
        if (request.query['fail']) throw new Error('the database is gone');
        return { status: 200, type: 'text/plain', body: request.query['echo'] ?? '' };
      }),
    ],
  ]);
  beforeAll(async () => {
    site = await start({ workspaces });
    pageUrl = site.url;
    await mkdir(join(site.folder, 'm/assets'), { recursive: true });
    await writeFile(join(site.folder, 'm/index.html'), '<!doctype html><title>m</title>');
    await writeFile(join(site.folder, 'm/assets/app-1a2b.js'), 'export {}');
    await writeFile(join(site.folder, 'WW_verify_Ab12.txt'), 'Ab12');
  });
  const get = (path: string, init?: RequestInit) => fetch(pageUrl + path, { redirect: 'manual', ...init });

  describe('callbacks', () => {
    it('reach their workspace raw, and its answer goes back as it is', async () => {
      const answer = await get('/callbacks/wecom/hq?echo=1616140317555161061&msg_signature=s', {
        method: 'POST',
        body: '<xml>\r\n</xml>',
      });
      expect([answer.status, await answer.text()]).toEqual([200, '1616140317555161061']);
      expect(seen.at(-1)).toMatchObject({ method: 'POST', path: '', query: { msg_signature: 's' } });
      expect(seen.at(-1)?.body.toString()).toBe('<xml>\r\n</xml>');
    });

    it('that fail are not acknowledged, so that the platform sends them again', async () => {
      const answer = await get('/callbacks/wecom/hq?fail=1', { method: 'POST', body: 'x' });
      expect([answer.status, await answer.text()]).toEqual([503, 'try again\n']);
      const errors = site.office.log.lines.filter(({ level }) => level === 'error');
      expect(errors).toMatchObject([{ message: 'a callback failed', facts: { workspace: 'hq' } }]);
    });

    it('for nobody, by another method, or too large are refused before anyone looks at them', async () => {
      const before = seen.length;
      expect((await get('/callbacks/wecom/nowhere', { method: 'POST', body: 'x' })).status).toBe(404);
      expect((await get('/callbacks/dingtalk/hq', { method: 'POST', body: 'x' })).status).toBe(404);
      expect((await get('/callbacks/wecom/hq', { method: 'PUT', body: 'x' })).status).toBe(405);
      const big = new Uint8Array(1024 * 1024 + 1);
      expect((await get('/callbacks/wecom/hq', { method: 'POST', body: big })).status).toBe(413);
      expect(seen.length).toBe(before);
    });
  });

  describe('pages', () => {
    it('every path under /m is the page, and may load only what is ours', async () => {
      for (const path of ['/m/', '/m/t/5', '/m/d/7?_as=x']) {
        const answer = await get(path);
        expect([path, answer.status, await answer.text()]).toEqual([path, 200, '<!doctype html><title>m</title>']);
        const policy = answer.headers.get('content-security-policy') ?? '';
        expect(policy).toContain("script-src 'self';");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toContain('unsafe');
        expect(answer.headers.get('x-frame-options')).toBe('DENY');
        expect(answer.headers.get('cache-control')).toBe('no-cache');
      }
    });

    it('in the sandbox its chat page may frame them', async () => {
      const sandbox: Middleware = (_ctx, next) => next();
      const framed = await start({ workspaces, adopt: [sandbox] });
      await mkdir(join(framed.folder, 'm'));
      await writeFile(join(framed.folder, 'm/index.html'), 'm');
      const answer = await fetch(`${framed.url}/m/`);
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
      expect((await fetch(framed.url, { redirect: 'manual' })).headers.get('location')).toBe('/sandbox/');
    });

    it('assets are kept for a year; one that is missing is missing', async () => {
      const asset = await get('/m/assets/app-1a2b.js');
      expect(asset.headers.get('content-type')).toContain('javascript');
      expect(asset.headers.get('cache-control')).toContain('immutable');
      expect((await get('/m/assets/gone.js')).status).toBe(404);
    });

    it('nothing outside the folder is served', async () => {
      await writeFile(join(site.folder, 'secret.txt'), 'SECRET');
      const { hostname, port } = new URL(site.url);
      // fetch would tidy these addresses up.
      const raw = (path: string) =>
        new Promise<string>((resolve) => {
          const socket = connect(Number(port), hostname);
          let text = '';
          socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
          socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
        });
      for (const path of [
        '../secret.txt',
        '..%2fsecret.txt',
        '%2e%2e/secret.txt',
        '..%5csecret.txt',
        '%00',
        '%',
        'a/../../secret.txt',
      ]) {
        const text = await raw(`/m/${path}`);
        expect([path, text]).toEqual([path, expect.stringMatching(/^HTTP\/1.1 (200|400|404)/)]);
        expect([path, text]).not.toEqual([path, expect.stringContaining('SECRET')]);
      }
    });

    it('the domain check file, and no other', async () => {
      expect(await (await get('/WW_verify_Ab12.txt')).text()).toBe('Ab12');
      expect((await get('/WW_verify_none.txt')).status).toBe(404);
    });

    it('the root leads to the pages', async () => {
      expect((await get('/')).headers.get('location')).toBe('/m/');
      expect((await get('/m')).headers.get('location')).toBe('/m/');
    });
  });

  it('is alive, and ready or not', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ ok: true });
    expect((await get('/readyz')).status).toBe(200);
    const away = await start({ readiness: async () => ({ ok: false, problems: ['the database does not answer'] }) });
    const answer = await fetch(`${away.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { ok: false, problems: ['the database does not answer'] },
    ]);
  });

  it('every answer names its request, by the caller’s own id when that is a sane one', async () => {
    const id = (headers: Record<string, string>) =>
      get('/healthz', { headers }).then((answer) => answer.headers.get('x-request-id'));
    expect(await id({ 'x-request-id': 'trace-1234' })).toBe('trace-1234');
    expect(await id({ 'x-request-id': 'a b"' })).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id({})).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('the log has a line for a request and none of its secrets', async () => {
    await get('/api/v1/me?code=SECRET1', {
      headers: { authorization: 'Bearer SECRET2', cookie: 'pd_session=SECRET3' },
    });
    await get('/auth/first/SECRET4');
    const lines = site.office.log.lines.filter(({ message }) => message === 'request');
    expect(lines.at(-2)).toMatchObject({ facts: { method: 'GET', path: '/api/v1/me', status: 401 } });
    expect(lines.at(-1)).toMatchObject({ facts: { path: '/auth/first/…', status: 410 } });
    expect(JSON.stringify(site.office.log.lines)).not.toMatch(/SECRET\d/);
  });

  it('the description is served', async () => {
    const answer = await get('/api/v1/openapi.json');
    expect([answer.status, ((await answer.json()) as { openapi: string }).openapi]).toEqual([200, '3.1.0']);
  });
});
