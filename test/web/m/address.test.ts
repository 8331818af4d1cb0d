import { describe, expect, it } from '@jest/globals';
import { addressOf, pageAt, type Page } from '../../../src/web/m/address.ts';

const at = (address: string): Page => {
  const { pathname, search } = new URL(address, 'http://here');
  return pageAt(pathname, search);
};

describe('An address', () => {
  it.each<[string, Page]>([
    ['/m/', { page: 'home', tab: 'todo' }],
    ['/m', { page: 'home', tab: 'todo' }],
    ['/m/?tab=mine', { page: 'home', tab: 'mine' }],
    ['/m/?tab=else', { page: 'home', tab: 'todo' }],
    ['/m/away', { page: 'away' }],
    ['/m/new', { page: 'choose' }],
    ['/m/new/it-repair', { page: 'new', template: 'it-repair' }],
    ['/m/d/7', { page: 'draft', id: 7 }],
    ['/m/again/7', { page: 'again', id: 7 }],
    ['/m/t/42?_as=wangxiao', { page: 'ticket', id: 42, opening: null }],
    ['/m/t/42?task=2&act=complete', { page: 'ticket', id: 42, opening: { task: 2, act: 'complete' } }],
    ['/m/t/42?act=comment', { page: 'ticket', id: 42, opening: { task: null, act: 'comment' } }],
    ['/m/t/42?task=x&act=complete', { page: 'ticket', id: 42, opening: { task: null, act: 'complete' } }],
  ])('%s is its page', (address, page) => expect(at(address)).toEqual(page));

  it.each([
    '/m/t/0',
    '/m/t/x',
    '/m/t/-1',
    '/m/t',
    '/m/t/1/2',
    '/m/away/1',
    '/m/d/1.5',
    '/m/again/x',
    '/m/new/%E0%A4%A',
    '/x/',
    '/m/q/1',
  ])('%s is no page', (address) => expect(at(address)).toEqual({ page: 'unknown' }));

  it.each(['destroy', 'constructor', '__proto__', ''])('opens no sheet for the act "%s"', (act) =>
    expect(at(`/m/t/1?act=${act}`)).toEqual({ page: 'ticket', id: 1, opening: null }),
  );

  it.each<Page>([
    { page: 'home', tab: 'mine' },
    { page: 'home', tab: 'todo' },
    { page: 'away' },
    { page: 'choose' },
    { page: 'new', template: '用章/申请' },
    { page: 'draft', id: 3 },
    { page: 'again', id: 3 },
    { page: 'ticket', id: 42, opening: null },
  ])('of $page leads back to it, and stays at its seat', (page) => {
    const address = addressOf(page, 'WuGang');
    expect(at(address)).toEqual(page);
    expect(new URL(address, 'http://here').searchParams.get('_as')).toBe('WuGang');
    expect(addressOf(page, null)).not.toContain('_as');
  });
});
