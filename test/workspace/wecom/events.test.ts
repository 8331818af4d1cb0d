import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Inbound } from '../../../src/workspace/port.ts';
import { toldIn } from '../../../src/workspace/wecom/events.ts';
import { readXml } from '../../../src/workspace/wecom/xml.ts';

const file = readFileSync(new URL('../../reference/wecom/events.xml', import.meta.url), 'utf8');
const EXAMPLES = new Map(
  [...file.matchAll(/<example id="([^"]+)">\s*([\s\S]*?)\s*<\/example>/g)].map(([, id = '', xml = '']) => [id, xml]),
);
const AT = 1_767_225_600_000;
const DAY = 86_400_000;

const told = (xml: string) => {
  const read = readXml(xml);
  return read && toldIn(read, { workspace: 'hq', stale: false });
};
const example = (id: string) => {
  const found = told(EXAMPLES.get(id) ?? '');
  if (!found) throw new Error(`No example ${id}`);
  return found.event;
};

describe('what an app is told', () => {
  const click = { type: 'click', card: 't42_btn_r1@a9f', key: 'claim' } as const;
  const code = { code: 'RESPONSE_CODE_EXAMPLE', until: AT + 3 * DAY };
  const media = { id: 'MEDIA_ID', name: null, until: AT + 3 * DAY };

  it.each<[string, Inbound]>([
    ['text', { type: 'text', text: '打印机坏了' }],
    ['image', { type: 'media', media: { kind: 'image', ...media } }],
    ['voice', { type: 'media', media: { kind: 'voice', ...media } }],
    ['video', { type: 'media', media: { kind: 'video', ...media } }],
    ['location', { type: 'other', name: 'location' }],
    ['link', { type: 'other', name: 'link' }],
    ['enter_agent', { type: 'enter' }],
    ['subscribe', { type: 'directory' }],
    ['create_user', { type: 'directory' }],
    ['delete_party', { type: 'directory' }],
    ['click', { type: 'other', name: 'click' }],
    ['LOCATION', { type: 'other', name: 'LOCATION' }],
    ['sys_approval_change', { type: 'other', name: 'sys_approval_change' }],
    ['template_card_event_button_plain', { ...click, picked: {}, code }],
    ['template_card_event_button_with_dropdown', { ...click, picked: { priority: ['p1'] }, code }],
    [
      'template_card_event_vote_multi',
      { type: 'click', card: 't42_vote_r1', key: 'csat_submit', picked: { csat: ['5', '3'] }, code },
    ],
    [
      'template_card_event_multiple',
      {
        type: 'click',
        card: 't42_multi_r1',
        key: 'assign_submit',
        picked: { priority: ['p1'], assignee: ['u2'], queue: ['it'] },
        code,
      },
    ],
    ['template_card_menu_event', { type: 'click', card: 't42_text_r1', key: 'mute', picked: {}, code }],
  ])('%s', (id, what) => {
    const event = example(id);
    expect(event.what).toEqual(what);
    expect(event).toMatchObject({ workspace: 'hq', channel: 'app', at: AT, stale: false });
  });

  it('names people in lower case, and the platform by nothing', () => {
    expect(example('text').account).toBe('zhangsan');
    expect(told((EXAMPLES.get('text') ?? '').replace('zhangsan', 'ZhangSan'))?.event).toMatchObject({
      account: 'zhangsan',
      chat: 'zhangsan',
    });
    expect(example('create_user')).toMatchObject({ account: '', chat: '' });
  });

  it('takes an unchecked vote for no option, and a click without a code for one', () => {
    const xml = EXAMPLES.get('template_card_event_vote_multi') ?? '';
    const picked = (change: string) => told(xml.replace(/<OptionIds>.*<\/OptionIds>/, change))?.event.what;
    for (const none of ['<OptionIds></OptionIds>', '<OptionIds><OptionId></OptionId></OptionIds>', ''])
      expect(picked(none)).toMatchObject({ picked: { csat: [] } });
    expect(told(xml.replace(/<ResponseCode>.*<\/ResponseCode>/, ''))?.event.what).toMatchObject({ code: null });
  });

  it('is not harmed by a question called __proto__', () => {
    const xml = (EXAMPLES.get('template_card_event_multiple') ?? '').replace('priority', '__proto__');
    const what = told(xml)?.event.what;
    expect(what?.type === 'click' && Object.keys(what.picked)).toEqual(['__proto__', 'assignee', 'queue']);
  });
});

describe('the key of an event', () => {
  const key = (xml: string) => told(xml)?.event.key;

  it('is the MsgId of a message, to the last of its digits', () => {
    expect(example('text').key).toBe('7512345678901234567');
  });

  it('is the same for a redelivery, also with another case of the userid', () => {
    const xml = EXAMPLES.get('template_card_event_button_plain') ?? '';
    expect(key(xml)).toBe(key(xml.replace('zhangsan', 'ZhangSan')));
    expect(key(xml)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('differs between all examples, which share sender and second', () => {
    const ids = [...EXAMPLES.keys()].filter((id) => told(EXAMPLES.get(id) ?? '') && !id.startsWith('reply_'));
    const events = ids.filter((id) => !['text', 'image', 'voice', 'video', 'location', 'link'].includes(id));
    // Two buttons of one card that were clicked with the same code can't both be real.
    const distinct = events.filter((id) => id !== 'template_card_event_button_with_dropdown');
    expect(new Set(distinct.map((id) => example(id).key)).size).toBe(distinct.length);
  });

  it.each([
    ['template_card_event_button_plain', 'zhangsan', 'lisi'],
    ['template_card_event_button_plain', '1767225600', '1767225601'],
    ['template_card_event_button_plain', 'claim', 'agree'],
    ['template_card_event_button_plain', 't42_btn_r1@a9f', 't42_btn_r2'],
    ['template_card_event_button_plain', 'RESPONSE_CODE_EXAMPLE', 'ANOTHER'],
    ['template_card_event_button_plain', 'template_card_event', 'template_card_menu_event'],
    ['create_user', '<UserID><![CDATA[zhangsan', '<UserID><![CDATA[lisi'],
    ['create_user', 'create_user', 'update_user'],
    ['delete_party', '<Id>7', '<Id>8'],
    ['batch_job_result', 'JOB1', 'JOB2'],
    ['update_tag', 'zhangsan,lisi', 'zhangsan'],
  ])('of %s tells %s from %s', (id, one, other) => {
    const xml = EXAMPLES.get(id) ?? '';
    expect(xml).toContain(one);
    expect(key(xml.replace(one, other))).not.toBe(key(xml));
  });
});
