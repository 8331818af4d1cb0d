/**
 * The sandbox's WeCom as a process of its own, with a larger company: the API takes 600 requests a minute of a person,
 * so it needs many. Says `ready <url>`.
 */
import { makeLog } from '../../src/log.ts';
import { type Employee, SANDBOX_ORGANISATION } from '../../src/sandbox/organisation.ts';
import { serveSandbox } from '../../src/sandbox/serve.ts';
import { HANDLERS, REQUESTERS } from './people.ts';

const MARKETING = 6;

const employee = (userid: string, position: string, manager: string): Employee => ({
  ...{ userid, name: `员工${userid.slice(1)}`, departments: [MARKETING], position, manager },
});

const { url, close } = await serveSandbox({
  port: 0,
  folder: null,
  clock: Date.now,
  log: makeLog('error'),
  organisation: {
    ...SANDBOX_ORGANISATION,
    employees: [
      ...SANDBOX_ORGANISATION.employees,
      ...REQUESTERS.map((userid, i) => employee(userid, '专员', HANDLERS[i] ?? 'zhangwei')),
      ...HANDLERS.map((userid) => employee(userid, '主管', 'zhangwei')),
    ],
  },
});
console.log(`ready ${url}`);
process.once('SIGTERM', () => void close().then(() => process.exit(0)));
