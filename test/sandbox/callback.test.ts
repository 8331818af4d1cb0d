import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import { sign } from '../../src/sandbox/wecom/crypto.ts';
import {
  aCard,
  anApp,
  aSandbox,
  aSend,
  aText,
  never,
  sealed,
  tag,
  withNothing,
  withStatus,
  type App,
  type Bench,
  type Json,
} from './support.ts';

let bench: Bench;
let app: App;

beforeEach(async () => {
  bench = await aSandbox();
  app = await anApp(bench);
  await bench.served.sandbox.configureCallback(app.url);
  await bench.api('PUT', 'settings', { callbackTimeoutMs: 150, retryDelaysMs: [1, 2, 3] });
});
afterEach(async () => {
  await bench.close();
  await app.close();
});

const post = async (path: string, body: unknown) => (await bench.api('POST', path, body)).body;
const chat = async (userid: string) => (await bench.api('GET', `chats/${userid}`)).body['messages'] as Json[];
const lastId = async (userid: string) => String((await chat(userid)).at(-1)?.['id']);
const passive = (userid: string, type: string, inner: string) =>
  `<xml><ToUserName><![CDATA[${userid}]]></ToUserName><FromUserName><![CDATA[${bench.served.sandbox.wecom.corpId}]]></FromUserName><CreateTime>1767225661</CreateTime><MsgType><![CDATA[${type}]]></MsgType>${inner}</xml>`;
const replying = (body: string) => (response: ServerResponse) => void response.end(body);
const greyButton = (userid: string) =>
  sealed(bench, passive(userid, 'update_button', '<Button><ReplaceName><![CDATA[已受理]]></ReplaceName></Button>'));

describe('the address of the callback', () => {
  it.each([
    { because: 'quotes', change: (body: string) => `"${body}"`, ok: false },
    { because: 'a line break', change: (body: string) => `${body}\n`, ok: false },
    { because: 'nothing', change: (body: string) => body, ok: true },
  ])('is verified byte for byte: $because added → $ok', async ({ change, ok }) => {
    const { createServer } = await import('node:http');
    const { decrypt } = await import('../../src/sandbox/sealed.ts');
    const { token, encodingAesKey } = bench.served.sandbox.wecom;
    const server = createServer((request, response) => {
      const query = new URL(request.url ?? '/', 'http://app').searchParams;
      const echo = query.get('echostr') ?? '';
      const signature = sign(token, query.get('timestamp') ?? '', query.get('nonce') ?? '', echo);
      expect(query.get('msg_signature')).toBe(signature);
      response.end(change(decrypt(encodingAesKey, echo).message));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    expect((await bench.served.sandbox.configureCallback(`http://127.0.0.1:${port}/cb`)).ok).toBe(ok);
    server.closeAllConnections();
    server.close();
  });

  it('is not taken when nobody answers in time, and the old one stays', async () => {
    const answer = await bench.api('PUT', 'callback', { url: 'http://127.0.0.1:9/nobody' });
    expect(answer.body).toMatchObject({ ok: false, problem: expect.stringContaining('no answer') });
    expect((await bench.api('GET', 'callback')).body).toEqual({ url: app.url });
  });
});

describe('a message of a person', () => {
  it('arrives as encrypted XML with a MsgId that no Number can hold', async () => {
    expect(await post('chats/WUGANG/text', { content: '报修 <b>]]>' })).toMatchObject({
      delivered: true,
      status: 200,
      attempts: 1,
    });
    const [one] = app.heard;
    expect(one?.xml).toContain('<Content><![CDATA[报修 <b>]]]]><![CDATA[>]]></Content>');
    expect(tag(one?.xml ?? '', 'FromUserName')).toBe('WuGang');
    expect(tag(one?.xml ?? '', 'AgentID')).toBe('1000002');
    expect(BigInt(tag(one?.xml ?? '', 'MsgId') ?? 0)).toBeGreaterThan(2n ** 53n);
    expect(await chat('WuGang')).toMatchObject([{ from: 'me', text: '报修 <b>]]>', delivery: 'delivered' }]);
  });

  it('is sent again after a timeout and after a 500, sealed anew, the message the same', async () => {
    app.answers = [never, withStatus(500), withNothing];
    expect(await post('chats/wangxiao/text', { content: '报修' })).toMatchObject({ delivered: true, attempts: 3 });
    expect(new Set(app.heard.map((one) => one.xml)).size).toBe(1);
    for (const name of ['msg_signature', 'nonce'])
      expect(new Set(app.heard.map((one) => one.query.get(name))).size).toBe(3);
    expect(new Set(app.heard.map((one) => one.body)).size).toBe(3);
  });

  it('is given up after three retries, shown as failed, and can be sent once more with its MsgId', async () => {
    app.answers = [withStatus(502)];
    const sent = await post('chats/wangxiao/text', { content: '报修' });
    expect(sent).toMatchObject({ delivered: false, status: 502, attempts: 4 });
    expect(await chat('wangxiao')).toMatchObject([{ delivery: 'failed' }]);
    app.answers = [withNothing];
    expect(await post('chats/wangxiao/retry', { messageId: sent['messageId'] })).toMatchObject({ delivered: true });
    expect(await chat('wangxiao')).toMatchObject([{ delivery: 'delivered' }]);
    expect(new Set(app.heard.map((one) => tag(one.xml, 'MsgId'))).size).toBe(1);
  });

  it('is not sent again after a 500 when the platform is set to', async () => {
    await bench.api('PUT', 'settings', { retryNon200: false });
    app.answers = [withStatus(500)];
    expect(await post('chats/wangxiao/text', { content: 'x' })).toMatchObject({ delivered: false, attempts: 1 });
  });

  it.each(['', '&concurrent=1'])('is delivered three times on order%s', async (concurrent) => {
    await post(`chats/wangxiao/text?repeat=3${concurrent}`, { content: 'x' });
    expect(app.heard).toHaveLength(3);
    expect(new Set(app.heard.map((one) => tag(one.xml, 'MsgId'))).size).toBe(1);
    expect(await chat('wangxiao')).toHaveLength(1);
  });

  it.each([
    ['signature', (text: string) => expect(text).toContain('<Content>')],
    ['receiver', (text: string) => expect(text).toContain('<Content>')],
    ['truncated', (text: string) => expect(text).toBe('')],
  ])('can be spoilt in its %s', async (tamper, look) => {
    await post(`chats/wangxiao/text?tamper=${tamper}`, { content: 'x' });
    const [one] = app.heard;
    look(one?.xml ?? 'none');
    const { token } = bench.served.sandbox.wecom;
    const encrypted = /<Encrypt><!\[CDATA\[(.*?)\]\]>/.exec(one?.body ?? '')?.[1] ?? '';
    const genuine = sign(token, one?.query.get('timestamp') ?? '', one?.query.get('nonce') ?? '', encrypted);
    expect(one?.query.get('msg_signature') === genuine).toBe(tamper !== 'signature');
  });

  it('can be a picture, kept as media; other files never reach an app', async () => {
    const url = `${bench.served.url}/sandbox/api/chats/wangxiao/image?name=a.png`;
    const image = await fetch(url, { method: 'POST', headers: { 'content-type': 'image/png' }, body: 'picture!' });
    expect(image.status).toBe(200);
    const id = tag(app.heard[0]?.xml ?? '', 'MediaId') ?? '';
    const pic = await fetch(tag(app.heard[0]?.xml ?? '', 'PicUrl') ?? '');
    expect([pic.headers.get('content-type'), await pic.text()]).toEqual(['image/png', 'picture!']);
    expect(await chat('wangxiao')).toMatchObject([{ kind: 'image', mediaUrl: `/sandbox/api/media/${id}` }]);
    const text = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/html' }, body: 'picture!' });
    expect(text.status).toBe(415);
  });
});

describe('a click', () => {
  const send = (touser: string, card = aCard('b1')) => bench.call('message/send', aSend(touser, card));

  it('tells who, which button, which answers, and brings a code of its own', async () => {
    const { response_code } = await send('chenwei|liuyang');
    const messageId = await lastId('chenwei');
    await post('chats/chenwei/click', { messageId, key: 'accept', selected: { priority: ['p1'] } });
    await post('chats/chenwei/click', { messageId, key: 'accept' });
    const [first, second] = app.heard.map((one) => one.xml) as [string, string];
    expect(first).toContain(
      '<SelectedItems><SelectedItem><QuestionKey><![CDATA[priority]]></QuestionKey><OptionIds><OptionId><![CDATA[p1]]></OptionId></OptionIds></SelectedItem></SelectedItems>',
    );
    expect(tag(second, 'OptionId')).toBe('p2');
    expect(['Event', 'EventKey', 'TaskId', 'CardType'].map((name) => tag(first, name))).toEqual([
      'template_card_event',
      'accept',
      'b1',
      'button_interaction',
    ]);
    expect(new Set([tag(first, 'ResponseCode'), tag(second, 'ResponseCode'), response_code]).size).toBe(3);
    expect(first).not.toContain('MsgId');
  });

  it('has no SelectedItems without a question, and an empty one for a vote without a tick', async () => {
    await send('chenwei', aCard('b1', { button_selection: undefined }));
    await post('chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'accept' });
    const options = ['a', 'b', 'c'].map((id) => ({ id, text: id }));
    await send('chenwei', {
      card_type: 'vote_interaction',
      task_id: 'v1',
      checkbox: { question_key: 'q', mode: 1, option_list: options },
      submit_button: { key: 'go' },
    });
    const vote = await lastId('chenwei');
    await post('chats/chenwei/click', { messageId: vote, key: 'go' });
    await post('chats/chenwei/click', { messageId: vote, key: 'go', selected: { q: ['a', 'c'] } });
    const [plain, none, two] = app.heard.map((one) => one.xml) as [string, string, string];
    expect(plain).not.toContain('SelectedItems');
    expect(none).toContain('<OptionIds></OptionIds>');
    expect(two).toContain(
      '<OptionIds><OptionId><![CDATA[a]]></OptionId><OptionId><![CDATA[c]]></OptionId></OptionIds>',
    );
  });

  it('in the menu is an event of its own kind', async () => {
    const menu = { desc: '更多', action_list: [{ text: '静音', key: 'mute' }] };
    await send('chenwei', {
      card_type: 'text_notice',
      task_id: 'n1',
      main_title: { title: 't' },
      card_action: { type: 1, url: 'https://a.cn' },
      action_menu: menu,
    });
    await post('chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'mute' });
    expect(tag(app.heard[0]?.xml ?? '', 'Event')).toBe('template_card_menu_event');
    expect(tag(app.heard[0]?.xml ?? '', 'CardType')).toBe('text_notice');
  });

  it.each([
    { because: 'a link calls nobody', act: { key: undefined } },
    { because: 'there is no such button', act: { key: 'other' } },
    { because: 'there is no such option', act: { key: 'accept', selected: { priority: ['p9'] } } },
    { because: 'a dropdown takes one answer', act: { key: 'accept', selected: { priority: ['p1', 'p2'] } } },
    { because: 'the card does not ask that', act: { key: 'accept', selected: { text: ['p1'] } } },
  ])('is not possible when $because', async ({ act }) => {
    await send('chenwei');
    const { status } = await bench.api('POST', 'chats/chenwei/click', { messageId: await lastId('chenwei'), ...act });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(app.heard).toEqual([]);
  });

  it("is answered in the callback: the clicker's own copy changes, nobody else's", async () => {
    await send('chenwei|liuyang');
    app.answers = [replying(greyButton('chenwei'))];
    const sent = await post('chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'accept' });
    expect(sent['reply']).toEqual({ type: 'update_button' });
    expect(await chat('chenwei')).toMatchObject([{ replaced: '已受理', clickable: false, version: 2 }]);
    expect(await chat('liuyang')).toMatchObject([{ clickable: true, version: 1 }]);
    const again = await bench.api('POST', 'chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'accept' });
    expect(again.status).toBe(409);
  });

  it('may be answered with another card, in CamelCase and without task_id', async () => {
    await send('chenwei');
    const inner = `<TemplateCard><CardType><![CDATA[text_notice]]></CardType><MainTitle><Title><![CDATA[已受理]]></Title></MainTitle><HorizontalContentList><KeyName><![CDATA[处理人]]></KeyName><Value><![CDATA[陈伟]]></Value><Type>3</Type><UserId><![CDATA[chenwei]]></UserId></HorizontalContentList><CardAction><Type>1</Type><Url><![CDATA[https://a.cn]]></Url></CardAction></TemplateCard>`;
    app.answers = [replying(sealed(bench, passive('chenwei', 'update_template_card', inner)))];
    await post('chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'accept' });
    expect(await chat('chenwei')).toMatchObject([
      {
        clickable: false,
        card: {
          card_type: 'text_notice',
          task_id: 'b1',
          horizontal_content_list: [{ keyname: '处理人', type: 3, userid: 'chenwei' }],
          card_action: { type: 1, url: 'https://a.cn' },
        },
      },
    ]);
  });

  it('answered too late stays unanswered', async () => {
    await send('chenwei');
    const late = (response: ServerResponse) => void setTimeout(() => response.end(greyButton('chenwei')), 250);
    app.answers = [late, withNothing];
    expect(await post('chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'accept' })).toMatchObject({
      delivered: true,
      attempts: 2,
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await chat('chenwei')).toMatchObject([{ clickable: true, version: 1 }]);
  });

  it.each<[string, () => string]>([
    ['plain words', () => 'ok, thanks'],
    ['a wrong signature', () => sealed(bench, passive('chenwei', 'text', '<Content>x</Content>'), { signWith: 'x' })],
    [
      'a wrong receiver id',
      () => sealed(bench, passive('chenwei', 'text', '<Content>x</Content>'), { receiver: 'wwother' }),
    ],
    ["somebody else's name", () => sealed(bench, passive('liuyang', 'text', '<Content>x</Content>'))],
    ['markdown', () => sealed(bench, passive('chenwei', 'markdown', '<Content>x</Content>'))],
    [
      'a broken card',
      () =>
        sealed(
          bench,
          passive('chenwei', 'update_template_card', '<TemplateCard><CardType>text_notice</CardType></TemplateCard>'),
        ),
    ],
  ])('is not changed by a reply with %s', async (_what, body) => {
    await send('chenwei');
    app.answers = [replying(body())];
    const sent = await post('chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'accept' });
    expect(sent['reply']).toMatchObject({ problem: expect.any(String) });
    expect(await chat('chenwei')).toMatchObject([{ clickable: true, version: 1 }]);
  });

  it('can be answered with words, cut at 2048 bytes', async () => {
    app.answers = [
      replying(sealed(bench, passive('chenwei', 'text', `<Content><![CDATA[${'工'.repeat(700)}]]></Content>`))),
    ];
    await post('chats/chenwei/enter', {});
    expect(await chat('chenwei')).toMatchObject([{ from: 'app', text: '工'.repeat(682) }]);
  });
});

describe('update_template_card', () => {
  const update = (change: Json) =>
    bench.call('message/update_template_card', {
      userids: ['chenwei'],
      agentid: 1000002,
      button: { replace_name: '已受理' },
      ...change,
    });

  it('uses a code once, for those listed, and gives no new one', async () => {
    const { response_code } = await bench.call('message/send', aSend('chenwei|liuyang', aCard('b1')));
    const answer = await update({ response_code, userids: ['CHENWEI', 'Ghost'] });
    expect(answer).toMatchObject({ errcode: 0, invaliduser: ['ghost'] });
    expect(answer).not.toHaveProperty('response_code');
    expect(await chat('chenwei')).toMatchObject([{ replaced: '已受理', responseCodeUsed: true, version: 2 }]);
    expect(await chat('liuyang')).toMatchObject([{ version: 1 }]);
    expect(await update({ response_code, userids: ['liuyang'] })).toMatchObject({ errcode: 60140 });
  });

  it('works with the code of a click, within 72 hours', async () => {
    await bench.call('message/send', aSend('chenwei', aCard('b1')));
    const messageId = await lastId('chenwei');
    await post('chats/chenwei/click', { messageId, key: 'accept' });
    await post('chats/chenwei/click', { messageId, key: 'accept' });
    const [first, second] = app.heard.map((one) => tag(one.xml, 'ResponseCode'));
    expect(await update({ response_code: first })).toMatchObject({ errcode: 0 });
    await post('clock', { advanceMs: 72 * 3_600_000 });
    expect(await update({ response_code: second })).toMatchObject({ errcode: 60140 });
  });

  it("after a passive update the click's code is good or spent, as set", async () => {
    for (const [spends, code] of [
      [false, 0],
      [true, 60140],
    ] as const) {
      await bench.api('PUT', 'settings', { passiveSpendsCode: spends });
      await bench.call('message/send', aSend('chenwei', aCard(`b${code}`)));
      app.answers = [replying(greyButton('chenwei'))];
      await post('chats/chenwei/click', { messageId: await lastId('chenwei'), key: 'accept' });
      expect(await update({ response_code: tag(app.heard.at(-1)?.xml ?? '', 'ResponseCode') })).toMatchObject({
        errcode: code,
      });
    }
  });

  it.each<{ because: string; change: Json; code: number }>([
    { because: 'the code is unknown', change: { response_code: 'x' }, code: 60140 },
    { because: 'the app is another', change: { agentid: 1000003 }, code: 301002 },
    { because: 'userids is no list', change: { userids: 'chenwei' }, code: 40058 },
    { because: 'nobody is named', change: { userids: [] }, code: 82001 },
    { because: 'there is nothing to do', change: { button: undefined }, code: 40058 },
    {
      because: 'the new card is broken',
      change: { template_card: { card_type: 'text_notice', main_title: { title: 't' } } },
      code: 42045,
    },
    { because: "the task_id is another card's", change: { template_card: aCard('other') }, code: 42014 },
  ])('is refused when $because, and the code stays good', async ({ change, code }) => {
    await bench.call('message/send', aSend('liuyang', aCard('other')));
    const { response_code } = await bench.call('message/send', aSend('chenwei', aCard('b1')));
    expect(await update({ response_code, ...change })).toMatchObject({ errcode: code });
    expect(await update({ response_code })).toMatchObject({ errcode: 0 });
  });

  it('replaces no buttons of a notice card', async () => {
    const menu = { desc: '更多', action_list: [{ text: '静音', key: 'mute' }] };
    const { response_code } = await bench.call(
      'message/send',
      aSend('chenwei', {
        card_type: 'text_notice',
        task_id: 'n1',
        main_title: { title: 't' },
        card_action: { type: 1, url: 'https://a.cn' },
        action_menu: menu,
      }),
    );
    expect(await update({ response_code })).toMatchObject({ errcode: 40058 });
  });

  it('brings a whole new card, with its own task_id or a fresh one, greyed where asked', async () => {
    const { response_code } = await bench.call('message/send', aSend('chenwei', aCard('b1')));
    await update({
      response_code,
      button: undefined,
      template_card: aCard('b1', { main_title: { title: '已受理' }, replace_text: '陈伟 已受理' }),
    });
    expect(await chat('chenwei')).toMatchObject([
      { card: { main_title: { title: '已受理' } }, replaced: '陈伟 已受理', clickable: false },
    ]);
  });
});

it('shows every change live, to those who asked', async () => {
  const controller = new AbortController();
  const response = await fetch(`${bench.served.url}/sandbox/api/events?users=CHENWEI`, { signal: controller.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const { response_code } = await bench.call('message/send', aSend('chenwei|liuyang', aCard('b1')));
  await bench.call('message/update_template_card', {
    userids: ['chenwei'],
    agentid: 1000002,
    response_code,
    button: { replace_name: 'x' },
  });
  const { msgid } = await bench.call('message/send', aText('chenwei', '再见'));
  await bench.call('message/recall', { msgid });
  let seen = '';
  while (!seen.includes('recall')) seen += new TextDecoder().decode((await reader.read()).value);
  controller.abort();
  const events = [...seen.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1] ?? '') as Json);
  expect(events.map((one) => [one['type'], one['userid']])).toEqual([
    ['message', 'chenwei'],
    ['update', 'chenwei'],
    ['message', 'chenwei'],
    ['recall', 'chenwei'],
  ]);
});
