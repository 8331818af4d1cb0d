/** approval-semantics, 代理 and 审批人离职: who acts for whom, and who takes over. */
import { describe, expect, it } from '@jest/globals';
import type { Directory, Substitute } from '../../src/flow/directory.ts';
import { heirOf } from '../../src/flow/heir.ts';
import { substituteOf } from '../../src/flow/substitute.ts';
import { aDirectory, id, type Name } from '../support/flow.ts';

const away = (of: Partial<Record<Name, Partial<Substitute> & { to: number }>>, gone: Name[] = []): Directory => ({
  ...aDirectory({ gone }),
  substitutes: new Map(
    Object.entries(of).map(([name, one]) => [id(name as Name), [{ from: 10, until: 20, templates: null, ...one }]]),
  ),
});

describe('代理: the substitute of a person', () => {
  it.each<[string, Directory, number, string, number | null]>([
    ['within the period', away({ ann: { to: id('bo') } }), 10, 'leave', id('bo')],
    ['until its end, which no longer counts', away({ ann: { to: id('bo') } }), 20, 'leave', null],
    ['not before it', away({ ann: { to: id('bo') } }), 9, 'leave', null],
    ['for the templates named', away({ ann: { to: id('bo'), templates: ['leave'] } }), 10, 'leave', id('bo')],
    ['for no others', away({ ann: { to: id('bo'), templates: ['leave'] } }), 10, 'it-repair', null],
    ['is not followed when away as well', away({ ann: { to: id('bo') }, bo: { to: id('cy') } }), 10, 'leave', id('bo')],
    ['does not count after leaving', away({ ann: { to: id('bo') } }, ['bo']), 10, 'leave', null],
    ['is nobody for whoever is here', aDirectory(), 10, 'leave', null],
  ])('%s', (_, directory, at, template, expected) => {
    expect(substituteOf(directory, id('ann'), template, at)).toBe(expected);
  });
});

describe('审批人离职: who takes over', () => {
  const named = (directory: Directory, successor: Name): Directory => {
    const ann = directory.people.get(id('ann'));
    if (!ann) throw new Error('no ann');
    const people = new Map([...directory.people, [ann.id, { ...ann, successor: id(successor) }] as const]);
    return { ...directory, people };
  };
  it.each<[string, Directory, number | null]>([
    ['the successor that was named', named(aDirectory({ gone: ['ann'] }), 'bo'), id('bo')],
    ['the manager, when nobody was named', aDirectory({ gone: ['ann'] }), id('ken')],
    ['the manager, when the successor has left as well', named(aDirectory({ gone: ['ann', 'bo'] }), 'bo'), id('ken')],
    ['the first manager above who is still here', aDirectory({ gone: ['ann', 'ken'] }), id('boss')],
    ['nobody, without anybody above', aDirectory({ gone: ['ann'], managers: {} }), null],
    ['nobody, in a ring', aDirectory({ gone: ['ann'], managers: { ann: ['ann'] } }), null],
  ])('%s', (_, directory, expected) => {
    expect(heirOf(directory, id('ann'))).toBe(expected);
  });
});
