/** `{ requester_picks: … }`: asked for in the filing form, verified when filing and again when submitting anew. */
import { describe, expect, it } from '@jest/globals';
import { checkTemplate } from '../../src/flow/check.ts';
import { filingScope } from '../../src/flow/formScope.ts';
import { step } from '../../src/flow/step.ts';
import { shownFields } from '../../src/form/shown.ts';
import { isRefusal } from '../../src/lib/refusal.ts';
import { aDirectory, filed, filing, id, type Name, NOW, tasksIn, then, tries } from '../support/flow.ts';
import { aTemplate } from '../support/template.ts';

const experts = aDirectory({ roles: { 评审专家: ['ann', 'bo', 'rita'], 空: [] } });
const review = (picks: string, rest = '') =>
  aTemplate({ flow: `  - { id: b, approve: 评审, approver: ${picks}, mode: all${rest} }` });
const PICKS = '{ requester_picks: { role: 评审专家 }, min: 1, max: 2 }';

function compiled(text: string) {
  const { template, findings } = checkTemplate(text, experts);
  if (!template) throw new Error(JSON.stringify(findings));
  return template;
}
const codes = (text: string, directory: typeof experts | null = null) =>
  checkTemplate(text, directory)
    .findings.filter(({ code }) => code !== 'no_effect')
    .map(({ code, line, column }) => `${code} ${line}:${column}`);
const ENV = filed(compiled(review(PICKS)), {
  directory: experts,
  values: { title: 't', kind: '甲', picks_b: [id('bo')] },
}).env;
const values = { title: 't', kind: '甲' };
const people = (...names: Name[]) => names.map(id);
const offered = (text: string, more = {}, requester: Name = 'rita') => {
  const template = compiled(text);
  const scope = filingScope(template, id(requester), { directory: experts, now: NOW });
  const shown = shownFields({ fields: template.form, access: {}, values: { ...values, ...more }, scope });
  return shown
    .filter(({ field }) => field.type === 'people')
    .map(
      ({ field, required }) =>
        `${field.id} ${field.label}${required ? '*' : ''}: ${field.options.map(({ label }) => label).join(' ')}`,
    );
};
function filedWith(text: string, picked: readonly number[] | undefined, directory = experts) {
  const given = { ...values, ...(picked ? { picks_b: picked } : {}) };
  const result = step(compiled(text), null, filing({ values: given }), { ...ENV, directory });
  if (isRefusal(result)) return result.fields?.map(({ field, zh }) => `${field} ${zh}`);
  if ('need' in result) throw new Error('needs');
  return tasksIn(result);
}

describe('the form', () => {
  it('asks for them, from those who come into question, and not the requester where they may not approve', () => {
    expect(offered(review(PICKS))).toEqual(['picks_b 评审的人选*: ann bo']);
    expect(offered(review(PICKS, ', self_approval: allow'))).toEqual(['picks_b 评审的人选*: ann bo rita']);
    expect(offered(review(PICKS), {}, 'boss')).toEqual(['picks_b 评审的人选*: ann bo rita']);
    expect(offered(review('{ requester_picks: { manager: requester }, max: 1 }'))).toEqual([
      'picks_b 评审的人选*: ken',
    ]);
    expect(offered(review('{ requester_picks: { role: 评审专家 }, min: 0 }'))).toEqual(['picks_b 评审的人选: ann bo']);
  });

  it('asks only where the node comes into question, as far as the form can tell', () => {
    const guarded = review(PICKS, `, when: form.kind == "乙"`);
    expect(offered(guarded)).toEqual([]);
    expect(offered(guarded, { kind: '乙' })).toEqual(['picks_b 评审的人选*: ann bo']);
    const entry = review(`[ { when: 'form.kind == "甲"', user: ken }, ${PICKS} ]`);
    expect(offered(entry)).toEqual(['picks_b 评审的人选*: ann bo']);
    expect(
      offered(review(`[ { when: 'form.kind == "乙"', requester_picks: { role: 评审专家 } }, { user: ken } ]`)),
    ).toEqual([]);
  });

  it('asks once for each place, and expressions may read it', () => {
    const two = review(`{ together: [ ${PICKS}, { requester_picks: { manager: requester }, max: 1 } ] }`);
    expect(offered(two)).toEqual(['picks_b 评审的人选*: ann bo', 'picks_b_2 评审的人选 2*: ken']);
    expect(codes(review(PICKS, `, when: size(form.picks_b) > 0`))).toEqual([]);
  });
});

describe('filing', () => {
  it.each<[string, readonly number[] | undefined, string[]]>([
    ['asks those who were picked', people('bo', 'ann'), ['b: bo', 'b: ann']],
    ['asks each once', people('ann', 'ann'), ['b: ann']],
    ['is refused without anybody', undefined, ['picks_b 请选择「评审的人选」']],
    ['is refused with an empty list', [], ['picks_b 请选择「评审的人选」']],
    ['is refused with too many', people('ann', 'bo', 'rita'), ['picks_b 「评审的人选」最多选 2 人']],
    ['is refused with somebody else', people('ann', 'cy'), ['picks_b 「评审的人选」请从这些人里选：ann、bo']],
    ['is refused with oneself', people('rita'), ['picks_b 「评审的人选」请从这些人里选：ann、bo']],
    ['is refused with nonsense', ['ann'] as unknown as number[], ['picks_b 「评审的人选」请选择同事']],
  ])('%s', (_, picked, expected) => {
    expect(filedWith(review(PICKS), picked)).toEqual(expected);
  });

  it('min is verified, and somebody who left meanwhile can not be picked', () => {
    const text = review('{ requester_picks: { role: 评审专家 }, min: 2 }');
    expect(filedWith(text, people('ann'))).toEqual(['picks_b 「评审的人选」至少选 2 人']);
    const without = aDirectory({ roles: { 评审专家: ['ann', 'bo'] }, gone: ['bo'] });
    expect(filedWith(review(PICKS), people('bo'), without)).toEqual(['picks_b 「评审的人选」请从这些人里选：ann']);
  });

  it('nobody picked where nobody need be takes if_empty', () => {
    const text = review('{ requester_picks: { role: 评审专家 }, min: 0 }', ', if_empty: { user: cy }');
    expect(filedWith(text, [])).toEqual(['b: cy']);
    expect(filedWith(text, people('bo'))).toEqual(['b: bo']);
  });

  it('is verified once more when submitted anew: who does not count any more must be replaced', () => {
    const start = filed(compiled(review(PICKS)), { directory: experts, values: { ...values, picks_b: people('bo') } });
    const back = then(start, 'bo', { type: 'return', to: 'filing' });
    const fewer = { ...back.env, directory: aDirectory({ roles: { 评审专家: ['ann'] } }) };
    const stale = tries(back, 'rita', { type: 'submit' }, fewer);
    expect(isRefusal(stale) && stale.fields?.map(({ field }) => field)).toEqual(['picks_b']);
    const again = then(back, 'rita', { type: 'submit', values: { picks_b: people('ann') } }, fewer);
    expect(tasksIn(again)).toEqual(['b: ann']);
  });
});

describe('the check', () => {
  const node = (text: string) => aTemplate({ flow: `  - ${text}` });
  it.each<[string, string, string[]]>([
    ['is content', review(PICKS), []],
    ['wants a mode where several may be picked', review(PICKS).replace(', mode: all', ''), ['mode_missing 11:27']],
    ['wants none for one', review('{ requester_picks: { role: x }, max: 1 }').replace(', mode: all', ''), []],
    ['min over max', review('{ requester_picks: { role: x }, min: 3, max: 2 }'), ['min_over_max 11:74']],
    ['min is 1 unless said', review('{ requester_picks: { role: x }, min: 0, max: 1 }'), []],
    [
      'filing',
      review('{ user: a }') + 'filing: { who: { requester_picks: { role: x } } }\n',
      ['picks_out_of_place 12:18'],
    ],
    ['an admin', review('{ user: a }') + 'admin: { requester_picks: { role: x } }\n', ['picks_out_of_place 12:10']],
    [
      'picking from what is picked',
      review('{ requester_picks: { requester_picks: { role: x } }, max: 1 }'),
      ['picks_out_of_place 11:58'],
    ],
    [
      'from the assignee’s',
      review('{ requester_picks: { manager: assignee }, max: 1 }'),
      ['no_assignee_yet 11:67', 'picks_too_early 11:67'],
    ],
    [
      'from a handler',
      node(
        '{ id: w, handle: 办, assignee: { user: a } }\n  - { id: b, approve: B, approver: { requester_picks: { handler_of: w }, max: 1 } }',
      ),
      ['picks_too_early 12:69'],
    ],
    ['a handler who is picked', node('{ id: b, handle: 办, assignee: { requester_picks: { role: x } } }'), []],
    ['a form that has the field itself', review(PICKS).replace('id: mentor', 'id: picks_b'), ['duplicate_id 8:11']],
    ['fields that name it', review(PICKS, ', fields: { picks_b: hidden }'), []],
  ])('%s', (_, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it('counts those who have too few to pick from', () => {
    expect(codes(review('{ requester_picks: { manager: requester }, max: 1 }'), experts)).toEqual(['nobody 11:27']);
    expect(codes(review('{ requester_picks: { role: 评审专家 }, min: 4 }'), experts)).toEqual(['nobody 11:27']);
    expect(codes(review('{ requester_picks: { role: 评审专 }, min: 1 }'), experts)).toContain(
      'unknown_role_near 11:64',
    );
  });
});
