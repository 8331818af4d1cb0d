import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aCard, anApp, aSandbox, aSend, aText, type App, type Bench, type Json } from './support.ts';

let bench: Bench;
let app: App;

beforeEach(async () => {
  bench = await aSandbox();
  app = await anApp(bench);
  await bench.served.sandbox.configureCallback(app.url);
});
afterEach(async () => {
  await bench.close();
  await app.close();
});

const chat = async (userid: string) => (await bench.api('GET', `chats/${userid}`)).body['messages'] as Json[];

describe('message/send', () => {
  it('delivers to whom it knows and names the others in lower case', async () => {
    const answer = await bench.call('message/send', aText('wugang|CHENWEI|NoBody', '你好'));
    expect(answer).toMatchObject({ errcode: 0, errmsg: 'ok', invaliduser: 'nobody', msgid: expect.any(String) });
    expect(answer).not.toHaveProperty('response_code');
    expect(await chat('WuGang')).toMatchObject([{ userid: 'WuGang', from: 'app', kind: 'text', text: '你好' }]);
    expect(await chat('chenwei')).toHaveLength(1);
  });

  const text = aText('chenwei', 'x');
  it.each<{ because: string; body: Json; code: number }>([
    { because: 'nobody is named', body: { ...text, touser: '' }, code: 82001 },
    { because: 'nobody named exists', body: { ...text, touser: 'ghost|spook' }, code: 81013 },
    { because: 'touser is a list', body: { ...text, touser: ['chenwei'] }, code: 40003 },
    { because: 'more than 1000 people', body: { ...text, touser: Array(1001).fill('a').join('|') }, code: 40032 },
    { because: 'more than 100 departments', body: { ...text, toparty: Array(101).fill('1').join('|') }, code: 82002 },
    {
      because: 'agentid is missing',
      body: { touser: 'chenwei', msgtype: 'text', text: { content: 'x' } },
      code: 41011,
    },
    { because: 'agentid is text', body: { ...text, agentid: '1000002' }, code: 40056 },
    { because: 'agentid is another app', body: { ...text, agentid: 1000003 }, code: 301002 },
    { because: 'agentid is no app', body: { ...text, agentid: 5 }, code: 40056 },
    { because: 'the kind is for robots only', body: { ...text, msgtype: 'markdown_v2' }, code: 40008 },
    { because: 'the text is empty', body: { ...text, text: { content: '' } }, code: 44004 },
    {
      because: 'markdown is over 2048 bytes',
      body: { ...text, msgtype: 'markdown', markdown: { content: '工'.repeat(683) } },
      code: 45002,
    },
    {
      because: 'the link has no scheme',
      body: { ...text, msgtype: 'textcard', textcard: { title: 't', description: 'd', url: 'a.cn' } },
      code: 45034,
    },
    { because: 'news has no article', body: { ...text, msgtype: 'news', news: { articles: [] } }, code: 45008 },
    { because: 'the picture is unknown', body: { ...text, msgtype: 'image', image: { media_id: 'x' } }, code: 40007 },
  ])('refuses when $because', async ({ body, code }) => {
    const answer = await bench.call('message/send', body);
    expect(answer['errcode']).toBe(code);
    expect(answer['errmsg']).toMatch(new RegExp(`, hint: \\[\\d{24}\\], from ip: .*, more info at .*e=${code}$`));
    expect(await chat('chenwei')).toEqual([]);
  });

  it('cuts text at 2048 bytes without breaking a character', async () => {
    await bench.call('message/send', aText('chenwei', `a${'工'.repeat(700)}`));
    const [message] = await chat('chenwei');
    expect(message?.['text']).toBe(`a${'工'.repeat(682)}`);
  });

  it('reaches a department with all below it, and @all everybody', async () => {
    await bench.call('message/send', { ...aText('', 'x'), touser: undefined, toparty: '7' });
    expect(
      await Promise.all(['LiQiang', 'zhuting', 'fengxue', 'chenwei'].map(async (id) => (await chat(id)).length)),
    ).toEqual([1, 1, 1, 0]);
    await bench.call('message/send', aText('@all', 'x'));
    expect(await chat('hanmei')).toHaveLength(1);
  });

  it('accepts the very same request twice within the interval, and delivers it once', async () => {
    const body = aText('chenwei', 'x', { enable_duplicate_check: 1, duplicate_check_interval: 60 });
    const first = await bench.call('message/send', body);
    expect(await bench.call('message/send', body)).toMatchObject({ errcode: 0, msgid: first['msgid'] });
    expect(await chat('chenwei')).toHaveLength(1);
    await bench.call('message/send', { ...body, text: { content: 'y' } });
    expect(await chat('chenwei')).toHaveLength(2);
    bench.time.now += 60_000;
    await bench.call('message/send', body);
    expect(await chat('chenwei')).toHaveLength(3);
  });

  it('drops the 31st message of a minute in silence', async () => {
    for (let time = 1; time <= 31; time += 1)
      expect(await bench.call('message/send', aText('chenwei', `${time}`))).toMatchObject({ errcode: 0 });
    expect(await chat('chenwei')).toHaveLength(30);
    bench.time.now += 60_000;
    await bench.call('message/send', aText('chenwei', 'again'));
    expect(await chat('chenwei')).toHaveLength(31);
  });

  it('stops with 45009 when the day is used up', async () => {
    await bench.api('PUT', 'settings', { accounts: 0 });
    expect(await bench.call('message/send', aText('chenwei', 'x'))).toMatchObject({ errcode: 45009 });
  });

  it('names people without a licence and leaves them out', async () => {
    await bench.api('PUT', 'settings', { unlicensed: ['chenwei'] });
    expect(await bench.call('message/send', aText('chenwei|liuyang', 'x'))).toMatchObject({
      errcode: 0,
      unlicenseduser: 'chenwei',
    });
    expect(await chat('chenwei')).toEqual([]);
  });

  it('gives a response code exactly for cards that can call the app', async () => {
    const notice = {
      card_type: 'text_notice',
      main_title: { title: 't' },
      card_action: { type: 1, url: 'https://a.cn' },
    };
    const menu = { desc: '更多', action_list: [{ text: '静音', key: 'mute' }] };
    expect(await bench.call('message/send', aSend('chenwei', notice))).not.toHaveProperty('response_code');
    expect(
      await bench.call('message/send', aSend('chenwei', { ...notice, action_menu: menu, task_id: 'm1' })),
    ).toHaveProperty('response_code');
    expect(await bench.call('message/send', aSend('chenwei', aCard('b1')))).toHaveProperty('response_code');
  });

  it('refuses a task_id that was used before', async () => {
    await bench.call('message/send', aSend('chenwei', aCard('b1')));
    expect(await bench.call('message/send', aSend('liuyang', aCard('b1')))).toMatchObject({ errcode: 42014 });
  });

  it('refuses cards that call back while there is no callback address', async () => {
    const bare = await aSandbox();
    expect(await bare.call('message/send', aSend('chenwei', aCard('b1')))).toMatchObject({ errcode: 43012 });
    await bare.close();
  });

  it('puts names in the place of ids where asked', async () => {
    await bench.call('message/send', {
      ...aSend('chenwei', aCard('b1', { main_title: { title: '$userName=linxia$ · $departmentName=2$' } })),
      enable_id_trans: 1,
    });
    expect((await chat('chenwei'))[0]).toMatchObject({ card: { main_title: { title: '林霞 · IT部' } } });
  });
});

describe('message/recall', () => {
  it('takes a message back within a day', async () => {
    const { msgid } = await bench.call('message/send', aText('chenwei|liuyang', 'x'));
    expect(await bench.call('message/recall', { msgid })).toMatchObject({ errcode: 0 });
    expect([await chat('chenwei'), await chat('liuyang')]).toEqual([[], []]);
  });
  it('not later, and not what it does not know', async () => {
    const { msgid } = await bench.call('message/send', aText('chenwei', 'x'));
    expect(await bench.call('message/recall', { msgid: 'other' })).toMatchObject({ errcode: 40058 });
    bench.time.now += 24 * 3_600_000;
    expect(await bench.call('message/recall', { msgid })).toMatchObject({ errcode: 42052 });
  });
});
