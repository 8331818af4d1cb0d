/** A repair that ann does and rita confirms, and what tests ask about it. */
import type { Effect } from '../../src/flow/command.ts';
import { possibleActs } from '../../src/flow/query.ts';
import { aConfirm, aHandle, aTemplate, filed, id, type Name, nameById, type Story, then, users } from './flow.ts';
import { shanghai } from './calendar.ts';

export const solved = aConfirm('ok', { onRefuse: { kind: 'to', target: 'work' } });
export const repair = aTemplate([aHandle('work', users('ann')), solved]);
export const told = ({ effects }: Story): string[] =>
  effects.flatMap((effect) =>
    effect.type === 'tell' ? [`${effect.notice.kind}: ${effect.to.map(nameById).join('|')}`] : [],
  );
export const errands = ({ effects }: Story): Extract<Effect, { type: 'errand' }>['errand'][] =>
  effects.flatMap((effect) => (effect.type === 'errand' ? [effect.errand] : []));
export const acts = (story: Story, name: Name, now = story.env.now): readonly string[] => {
  const { ticket, tasks } = possibleActs(story.template, story.ticket, id(name), story.env.directory, now);
  return [...ticket, ...tasks.flatMap((task) => task.acts)];
};
export const at = (story: Story, time: string): Story => ({ ...story, env: { ...story.env, now: shanghai(time) } });
export const with_ = (story: Story, env: Partial<Story['env']>): Story => ({ ...story, env: { ...story.env, ...env } });
export const accepted = (template = repair): Story => then(filed(template), 'ann', { type: 'accept' });
