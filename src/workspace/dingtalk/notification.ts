/**
 * Work notifications: reach people whom the robot doesn't. Over their limits the call still says that all is well; only
 * the send's result tells. Source: reference/dingtalk.md, 5.6.
 */
import { z } from 'zod';
import { escapeMarkdown } from '../../card/dingtalk/markdown.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Answer, Sent } from '../port.ts';
import type { Api } from './api.ts';
import { dead, sentFrom } from './failure.ts';
import { cutBytes, firstLine, NOTICE_TEXT } from './text.ts';

/** @param userid as the platform spells it */
export type Notify = (userid: string, said: { text: string; link?: Answer['link'] }) => Promise<Sent>;

const Task = z.object({ task_id: z.coerce.number() });
const names = z.array(z.string()).nullish();
const Result = z.object({
  send_result: z.object({
    invalid_user_id_list: names,
    forbidden_user_id_list: names,
    failed_user_id_list: names,
    forbidden_list: z.array(z.object({ code: z.coerce.string() })).nullish(),
  }),
});

const BASE = 'topapi/message/corpconversation';
const CHINA = 8 * 60 * 60_000;

export function makeNotify({ api, agentId, clock }: { api: Api; agentId: number; clock: Clock }): Notify {
  return async (userid, said) => {
    const body = { agent_id: agentId, userid_list: userid, to_all_user: false, msg: messageOf(said, clock()) };
    const sent = await api.attempt({ host: 'oapi', path: `${BASE}/asyncsend_v2`, body }, Task);
    if ('failure' in sent) return sentFrom(sent.failure);
    const { task_id } = sent.answer;
    const asked = { agent_id: agentId, task_id };
    const result = await api.attempt({ host: 'oapi', path: `${BASE}/getsendresult`, body: asked }, Result);
    // Taken by the platform in any case: to ask in vain is no reason to say it twice.
    const refused = 'failure' in result ? null : refusedIn(result.answer.send_result);
    return refused ?? { result: 'sent', platformId: String(task_id), code: null };
  };
}

function refusedIn(result: z.infer<typeof Result>['send_result']): Sent | null {
  if (result.invalid_user_id_list?.length) return dead('invalid_user', 'nobody in the organisation has this userid');
  const code = result.forbidden_list?.[0]?.code;
  if (result.forbidden_user_id_list?.length || code !== undefined)
    return dead(code ?? 'forbidden_user', 'a limit of work notifications to this person is reached');
  return result.failed_user_id_list?.length ? dead('failed_user', 'the platform could not deliver it') : null;
}

/** The same words reach a person once a day: the time makes them others. */
function messageOf({ text, link }: { text: string; link?: Answer['link'] }, now: number): object {
  const time = new Date(now + CHINA).toISOString().slice(5, 19).replace('T', ' ');
  if (!link) return { msgtype: 'text', text: { content: `${cutBytes(text, NOTICE_TEXT)}\n${time}` } };
  return {
    msgtype: 'action_card',
    action_card: {
      title: firstLine(text),
      markdown: `${cutBytes(escapeMarkdown(text), NOTICE_TEXT)}  \n  ${time}`,
      single_title: cutBytes(link.text, 20),
      single_url: link.url,
    },
  };
}
