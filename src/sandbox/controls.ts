/** The sandbox's own levers below `/sandbox/api`: faults, clock, calls, settings, and the console form of the callback address. */
import type Router from '@koa/router';
import { json, Rejected } from './clientBody.ts';
import { readFault, type Calls, type Faults } from './faults.ts';
import { changeSettings, DEFAULT_SETTINGS } from './settings.ts';
import type { Caller } from './wecom/callback.ts';
import type { Corp } from './wecom/corp.ts';

export interface Controls {
  corp: Corp;
  caller: Caller;
  faults: Faults;
  calls: Calls;
}

export function addControls(router: Router, { corp, caller, faults, calls }: Controls): void {
  addRecords(router, '', faults, calls);

  router.get('/clock', (ctx) => {
    ctx.body = { now: corp.now(), offsetMs: corp.meta().clockOffset };
  });
  router.post('/clock', async (ctx) => {
    const { advanceMs } = await json(ctx);
    if (typeof advanceMs !== 'number' || !Number.isFinite(advanceMs) || advanceMs < 0)
      throw new Rejected(400, '"advanceMs" is a number of milliseconds, 0 or more.');
    corp.changeMeta({ clockOffset: corp.meta().clockOffset + advanceMs });
    ctx.body = { now: corp.now(), offsetMs: corp.meta().clockOffset };
  });

  router.get('/settings', (ctx) => {
    ctx.body = corp.settings();
  });
  router.put('/settings', async (ctx) => {
    const next = changeSettings(DEFAULT_SETTINGS, corp.settings(), await json(ctx));
    if (typeof next === 'string') throw new Rejected(400, next);
    corp.rows.commit(['settings', 'corp', next]);
    ctx.body = next;
  });

  router.get('/callback', (ctx) => {
    ctx.body = { url: corp.meta().callbackUrl };
  });
  router.put('/callback', async (ctx) => {
    const { url } = await json(ctx);
    if (typeof url !== 'string' || !URL.canParse(url)) throw new Rejected(400, '"url" is the address of the callback.');
    ctx.body = await caller.configure(url);
  });
}

/** What is to go wrong with one platform's API, and what it was asked. @param below `''` or `/dingtalk` */
export function addRecords(router: Router, below: string, faults: Faults, calls: Calls): void {
  router.get(`${below}/faults`, (ctx) => {
    ctx.body = { faults: faults.list() };
  });
  router.post(`${below}/faults`, async (ctx) => {
    const fault = readFault(await json(ctx));
    if (typeof fault === 'string') throw new Rejected(400, fault);
    faults.add(fault);
    ctx.body = { faults: faults.list() };
  });
  router.delete(`${below}/faults`, (ctx) => {
    faults.clear();
    ctx.body = { faults: [] };
  });

  router.get(`${below}/calls`, (ctx) => {
    ctx.body = calls.report();
  });
  router.delete(`${below}/calls`, (ctx) => {
    calls.reset();
    ctx.body = calls.report();
  });
}
