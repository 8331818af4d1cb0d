/** Templates from their text, and tickets that are told what to do: language and engine together. */
import { checkTemplate } from '../../src/flow/check.ts';
import type { SystemCommand } from '../../src/flow/command.ts';
import type { Template } from '../../src/flow/template.ts';
import type { Timer } from '../../src/flow/ticket.ts';
import { isRefusal } from '../../src/lib/refusal.ts';
import { frozenStep, type Story } from './flow.ts';
import { aTemplate } from './template.ts';

/** @param flow YAML lines of the flow @param more further keys */
export function written(flow: string, more = 'acts: { withdraw: any_time_with_reason }'): Template {
  const { template, findings } = checkTemplate(aTemplate({ flow, more }), null, 1);
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (!template) throw new Error(JSON.stringify(errors, null, 1));
  return template;
}

type Said = SystemCommand extends infer C ? (C extends unknown ? Omit<C, 'by'> : never) : never;

/** What the service itself does next. */
export function later(story: Story, said: Said, ms = 0): Story {
  const env = { ...story.env, now: story.env.now + ms };
  const result = frozenStep(story.template, story.ticket, { ...said, by: null }, env);
  if (isRefusal(result)) throw new Error(`refused: ${JSON.stringify(result)}`);
  if ('need' in result) throw new Error(`needs ${result.need}`);
  return { ...story, ...result, events: [...story.events, ...result.events], env };
}

/** Time passes until this timer, the first unless one is named, is due; it fires. */
export function ring(story: Story, key?: string): Story {
  const [timer] = [...story.ticket.timers]
    .filter((one: Timer) => key === undefined || one.key === key)
    .sort((a, b) => a.at - b.at);
  if (!timer) throw new Error('nothing is due');
  return later({ ...story, env: { ...story.env, now: timer.at } }, { type: 'fire', key: timer.key, at: timer.at });
}
