import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { becomeFor, safeUrl } from '../../../src/sandbox/page/links.ts';

const PAGE = 'http://127.0.0.1:3000/sandbox/';
const before = { location: globalThis.location, document: globalThis.document };
const cookies: string[] = [];
beforeAll(() => {
  const document = Object.defineProperty({}, 'cookie', { set: (cookie: string) => void cookies.push(cookie) });
  Object.assign(globalThis, { location: new URL(PAGE), document });
});
afterAll(() => void Object.assign(globalThis, before));

describe('a link of a message', () => {
  it.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['/m/t/1', 'http://127.0.0.1:3000/m/t/1'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['', null],
  ])('%s', (url, safe) => {
    expect(safeUrl(url)).toBe(safe);
  });

  // reference/dingtalk.md, 5.6
  it.each([
    ['dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fa.example%2Fx&pc_slide=true', 'https://a.example/x'],
    [
      'dingtalk://dingtalkclient/action/openapp?corpid=c&redirect_type=jump&redirect_url=https%3A%2F%2Fa.example%2Fy',
      'https://a.example/y',
    ],
    ['dingtalk://dingtalkclient/page/link?url=javascript%3Aalert(1)', null],
    ['dingtalk://dingtalkclient/page/link', null],
  ])('carries its address inside, on DingTalk: %s', (url, safe) => {
    expect(safeUrl(url)).toBe(safe);
  });
});

describe('a page is opened as whoever clicked', () => {
  it.each([
    ['http://localhost:3000/auth/sandbox-dingtalk/start?to=%2Fm%2F', true],
    ['http://127.0.0.1:3000/m/t/5', true],
    ['https://a.example/x', false],
  ])('%s', (url, named) => {
    const opened = new URL(becomeFor(url, 'ding-songjie'));
    expect(opened.searchParams.get('_as')).toBe(named ? 'ding-songjie' : null);
    expect(opened.hostname).not.toBe('localhost');
    expect(cookies.at(-1)).toContain('sandbox_as=ding-songjie');
  });
});
