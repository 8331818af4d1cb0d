/** DingTalk's levers below `/sandbox/api/dingtalk`: settings, faults, calls, the month, the console, Stream's weather, events. */
import type Router from '@koa/router';
import { deliveryOf, json, Rejected } from '../clientBody.ts';
import { addRecords } from '../controls.ts';
import { changeSettings } from '../settings.ts';
import type { Dingtalk } from './dingtalk.ts';
import { type PushSettings, type PushTiming, TAMPERS } from './push.ts';
import { NOTHING_SET } from './pushSettings.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import { newCode } from './signIn.ts';

const DISTURBANCES = ['disconnect', 'cut', 'silence', 'refuse'] as const;

export function addDingtalkControls(router: Router, dingtalk: Dingtalk): void {
  const { corp, usage, faults, calls } = dingtalk;
  addRecords(router, '/dingtalk', faults, calls);
  addConsole(router, dingtalk);

  router.get('/dingtalk/settings', (ctx) => {
    ctx.body = corp.settings();
  });
  router.put('/dingtalk/settings', async (ctx) => {
    const next = changeSettings(DEFAULT_SETTINGS, corp.settings(), await json(ctx));
    if (typeof next === 'string') throw new Rejected(400, next);
    corp.rows.commit(['settings', 'corp', next]);
    ctx.body = next;
  });
  router.get('/dingtalk/usage', (ctx) => {
    ctx.body = usage.report();
  });
  router.delete('/dingtalk/usage', (ctx) => {
    usage.reset();
    ctx.body = usage.report();
  });
  // Every token of the app ends at once, as when somebody resets its secret.
  router.post('/dingtalk/tokens/revoke', (ctx) => {
    const all = [...corp.rows.all('token')];
    corp.rows.commit(...all.map(([text]) => ['token', text, null] as const));
    ctx.body = { revoked: all.length };
  });
  router.post('/dingtalk/codes', async (ctx) => {
    const { userid } = await json(ctx);
    const person = corp.directory.find(String(userid));
    if (!person) throw new Rejected(404, `Nobody is called "${String(userid)}".`);
    ctx.body = { code: newCode(corp, 'inside', person.userid) };
  });
}

/** How the app is called. */
function addConsole(router: Router, { push, configure, event }: Dingtalk): void {
  router.get('/dingtalk/console', (ctx) => {
    ctx.body = push.settings();
  });
  router.put('/dingtalk/console', async (ctx) => {
    const next = changeConsole(push.settings(), await json(ctx));
    if (typeof next === 'string') throw new Rejected(400, next);
    ctx.body = await configure(next);
  });
  router.get('/dingtalk/stream', (ctx) => {
    ctx.body = push.state();
  });
  router.post('/dingtalk/stream', async (ctx) => {
    const { what, times } = await json(ctx);
    const known = DISTURBANCES.find((one) => one === what);
    if (!known || (times !== undefined && typeof times !== 'number'))
      throw new Rejected(400, `"what" is one of ${DISTURBANCES.join(', ')}; "times" is a number.`);
    ctx.body = { hit: push.disturb(known, times) };
  });
  router.get('/dingtalk/timing', (ctx) => {
    ctx.body = push.timing;
  });
  router.put('/dingtalk/timing', async (ctx) => {
    for (const [name, value] of Object.entries(await json(ctx))) {
      if (!(name in push.timing) || (typeof value !== 'number' && !(value === null && name === 'robotAgainMs')))
        throw new Rejected(400, `"${name}" is not a number of ${Object.keys(push.timing).join(', ')}.`);
      Object.assign(push.timing, { [name]: value } as Partial<PushTiming>);
    }
    ctx.body = push.timing;
  });
  router.post('/dingtalk/events', async (ctx) => {
    const { type, fields = {} } = await json(ctx);
    if (typeof type !== 'string' || typeof fields !== 'object' || fields === null)
      throw new Rejected(400, 'An event is { type, fields? }.');
    ctx.body = await event(type, fields, deliveryOf(ctx, TAMPERS));
  });
}

/** @returns what is wrong, as text */
function changeConsole(old: PushSettings, change: Record<string, unknown>): PushSettings | string {
  for (const [name, value] of Object.entries(change)) {
    if (!(name in NOTHING_SET)) return `The console has no "${name}". It has: ${Object.keys(NOTHING_SET).join(', ')}.`;
    if (name.endsWith('Url') && value !== null && !(typeof value === 'string' && URL.canParse(value)))
      return `"${name}" is an address or null.`;
    if (name === 'transport' && value !== 'http' && value !== 'stream') return '"transport" is http or stream.';
    if (name === 'ownerKey' && value !== 'clientId' && value !== 'corpId') return '"ownerKey" is clientId or corpId.';
  }
  return { ...old, ...change };
}
