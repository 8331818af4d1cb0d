/** Work notifications: over the quota they vanish, and only the send's result says so. Source: reference/dingtalk.md, 5.6. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/json.ts';
import type { DingtalkCorp } from './corp.ts';
import { OapiError } from './errors.ts';
import type { MediaShelf } from './media.ts';
import { contentOfNotification, show } from './messages.ts';
import { DAY, HOUR, type Task } from './rows.ts';

type Body = Record<string, unknown>;

const MAX_LIST = 100;
const MAX_DEPARTMENTS = 20;
const MAX_MSG = 2048; // bytes
const BEIJING = 8 * HOUR;

const SAME_TODAY = '143106';
const TOO_MANY_TODAY = '143105';

const listed = (value: unknown): string[] =>
  typeof value === 'string' ? value.split(',').filter((one) => one !== '') : [];

export function makeNotifications(corp: DingtalkCorp, media: MediaShelf) {
  const dayOf = (at: number) => Math.floor((at + BEIJING) / DAY);
  const today = () => [...corp.rows.all('task')].filter(([, { at }]) => dayOf(at) === dayOf(corp.now()));
  /** Why this person does not get it, if so. */
  const forbidden = (tasks: readonly (readonly [string, Task])[], userid: string, digest: string): string | null => {
    const got = tasks.filter(([, task]) => task.unread.includes(userid));
    if (got.some(([, task]) => task.digest === digest)) return SAME_TODAY;
    return got.length >= corp.settings().notificationsPerDay ? TOO_MANY_TODAY : null;
  };
  const taskOf = (body: Body): Task => {
    if (body['agent_id'] !== corp.account.agentId) throw new OapiError(400002);
    const task = corp.rows.get('task', String(body['task_id']));
    if (!task || task.at + DAY <= corp.now()) throw new OapiError(400002);
    return task;
  };

  return {
    send(body: Body): object {
      if (Number(body['agent_id']) !== corp.account.agentId) throw new OapiError(400002);
      const asked = receivers(corp, body);
      const msg = body['msg'];
      if (typeof msg !== 'object' || msg === null) throw new OapiError(34015);
      if (Buffer.byteLength(JSON.stringify(msg)) > MAX_MSG) throw new OapiError(34015);
      const content = contentOfNotification(msg as Body, media);
      if (!content) throw new OapiError(34015);

      const digest = createHash('sha256').update(canonicalJson(msg)).digest('hex');
      const tasks = today();
      const known = asked.filter((userid) => corp.directory.find(userid));
      const judged = known.map((userid) => ({ userid, code: forbidden(tasks, userid, digest) }));
      const readers = judged.filter((one) => one.code === null).map((one) => one.userid);
      const id = String(100_000_000_000 + Number(corp.ids.digits(11)));
      const task: Task = {
        at: corp.now(),
        digest,
        invalid: asked.filter((userid) => !corp.directory.find(userid)),
        forbidden: judged.flatMap(({ userid, code }) => (code === null ? [] : [{ userid, code }])),
        unread: readers,
      };
      corp.rows.commit(['task', id, task]);
      if (readers.length > 0) show(corp, readers, null, content, null);
      return { task_id: Number(id) };
    },
    result(body: Body): object {
      const task = taskOf(body);
      return {
        send_result: {
          invalid_user_id_list: task.invalid,
          forbidden_user_id_list: task.forbidden.map((one) => one.userid),
          failed_user_id_list: [],
          read_user_id_list: [],
          unread_user_id_list: task.unread,
          invalid_dept_id_list: [],
          forbidden_list: task.forbidden.map(({ code, userid }) => ({ code, count: 1, userid })),
        },
      };
    },
    progress: (body: Body): object => (taskOf(body), { progress: { progress_in_percent: 100, status: 2 } }),
  };
}

/** @throws OapiError when nobody is meant, or too many */
function receivers({ directory }: DingtalkCorp, body: Body): string[] {
  const users = listed(body['userid_list']);
  const departments = listed(body['dept_id_list']);
  if (users.length > MAX_LIST || departments.length > MAX_DEPARTMENTS) throw new OapiError(41029);
  const all = body['to_all_user'] === true ? directory.employees : [];
  const members = departments.flatMap((id) => directory.below(Number(id))).flatMap(({ id }) => directory.members(id));
  const found = [
    ...users.map((userid) => directory.find(userid)?.userid ?? userid),
    ...[...members, ...all].map((one) => one.userid),
  ];
  if (found.length === 0) throw new OapiError(400002);
  return [...new Set(found)];
}
