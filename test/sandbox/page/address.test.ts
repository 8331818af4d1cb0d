import { describe, expect, it } from '@jest/globals';
import type { Person } from '../../../src/sandbox/client.ts';
import { hashOf, peopleInHash, withPerson } from '../../../src/sandbox/page/address.ts';
import { castOf } from '../../../src/sandbox/page/cast.ts';

const aPerson = (userid: string, part: Partial<Person> = {}): Person => ({
  platform: 'wecom',
  corp: '启明科技（沙盒）',
  groups: [],
  elsewhere: null,
  userid,
  name: userid,
  departments: ['市场部'],
  position: '专员',
  isHead: false,
  manager: 'boss',
  ...part,
});
const people = ['wangxiao', 'WuGang', 'chenwei', 'linxia'].map((userid) => aPerson(userid));

describe('the address', () => {
  it.each([
    ['#people=wangxiao,chenwei', ['wangxiao', 'chenwei']],
    ['#people=wugang', ['WuGang']],
    ['#people=nobody,wangxiao,wangxiao', ['wangxiao']],
    ['#people=wangxiao,WuGang,chenwei,linxia', ['wangxiao', 'WuGang', 'chenwei']],
    ['#other', []],
    ['', []],
  ])('%s shows %j', (hash, shown) => {
    expect(peopleInHash(hash, people)).toEqual(shown);
  });

  it('says again whom it was read from', () => {
    expect(peopleInHash(hashOf(['chenwei', 'WuGang']), people)).toEqual(['chenwei', 'WuGang']);
  });

  it('lets the one shown longest make room for a fourth', () => {
    expect(withPerson(['a', 'b', 'c'], 'd')).toEqual(['b', 'c', 'd']);
    expect(withPerson(['a', 'b'], 'a')).toEqual(['a', 'b']);
  });
});

describe('the cast of the guide', () => {
  const boss = aPerson('boss', { departments: ['IT部'], isHead: true, position: 'IT主管' });
  const engineer = aPerson('engineer', { departments: ['IT部'], position: '硬件工程师' });
  const asker = aPerson('asker');

  it('is somebody who asks, somebody who repairs and somebody who approves', () => {
    expect(castOf([boss, engineer, asker])).toEqual({ requester: asker, engineer, supervisor: boss, across: null });
  });

  it('repairs on the other platform, too, and all else happens on the first', () => {
    const there = aPerson('ding-boss', { platform: 'dingtalk', departments: ['信息组'], isHead: true });
    const across = aPerson('ding-net', { platform: 'dingtalk', departments: ['信息组'], position: '网络工程师' });
    const cast = castOf([boss, engineer, asker, there, across]);
    expect(cast).toEqual({ requester: asker, engineer, supervisor: boss, across });
    expect(castOf([asker, there, across])?.supervisor).toBe(asker);
  });

  it('makes do with whoever is there', () => {
    expect(castOf([asker])).toEqual({ requester: asker, engineer: asker, supervisor: asker, across: null });
    expect(castOf([])).toBeNull();
  });
});
