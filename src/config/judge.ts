/** From what zod and the rules between keys find to problems in words. */
import type { z } from 'zod';
import type { Words } from '../lib/locale.ts';
import { nearest } from '../lib/nearest.ts';
import { paramsOf } from './field.ts';
import { isGroup, type Value } from './layer.ts';
import type { Path, Problem } from './problem.ts';
import { SHAPE, type Written } from './shape.ts';

export type Found = Omit<Problem, 'where'>;
/** The ids under which the two simulated platforms run. */
export const SANDBOX_WORKSPACE = 'sandbox';
export const SANDBOX_DINGTALK_WORKSPACE = 'sandbox-dingtalk';
const RESERVED: readonly string[] = [SANDBOX_WORKSPACE, SANDBOX_DINGTALK_WORKSPACE];

export function judge(value: Value): { written: Written | null; found: Found[] } {
  const result = SHAPE.safeParse(value);
  if (!result.success) return { written: null, found: result.error.issues.flatMap((issue) => inWords(issue, value)) };
  const found = [...sameIds(result.data), ...httpWithoutKeys(result.data), ...badAdmins(result.data)];
  return { written: found.length > 0 ? null : result.data, found };
}

export function inWords(issue: z.core.$ZodIssue, value: Value): Found[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], ...unknownKey(key, issue.message.split(' ')) }));
  }
  const expected = paramsOf(issue).expected ?? STRUCTURE[issue.code === 'invalid_type' ? issue.expected : issue.code];
  const given = valueAt(value, path);
  const missing = given === undefined || given === null || given === '';
  const { zh, en } = expected ?? { zh: '别的值', en: 'something else' };
  return [
    missing
      ? { path, zh: `没有写。这里应为：${zh}。`, en: `is missing; expected ${en}.` }
      : { path, zh: `不对。这里应为：${zh}。`, en: `is not right; expected ${en}.` },
  ];
}

const STRUCTURE: Readonly<Record<string, Words>> = {
  object: { zh: '一组键', en: 'a group of keys' },
  array: { zh: '列表', en: 'a list' },
  invalid_union: { zh: 'wecom 或 dingtalk', en: 'wecom or dingtalk' },
};

function unknownKey(key: string, known: readonly string[]): Words {
  const near = nearest(key, known);
  const list = known.join('、');
  return {
    zh: `不是已知的键。${near ? `是不是 ${near}？` : ''}这里可以写：${list}。`,
    en: `is not a known key${near ? `; did you mean ${near}?` : '.'} Known here: ${known.join(', ')}.`,
  };
}

function valueAt(value: Value | undefined, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((inner, part) => {
    if (Array.isArray(inner) && typeof part === 'number') return inner[part];
    return isGroup(inner) ? inner[part] : undefined;
  }, value);
}

function sameIds({ workspaces }: Written): Found[] {
  return workspaces.flatMap(({ id }, i) => {
    const path = ['workspaces', i, 'id'];
    if (RESERVED.includes(id)) {
      return [{ path, zh: '是沙盒的名字，请换一个。', en: "is the sandbox's own name; choose another." }];
    }
    const first = workspaces.findIndex((other) => other.id === id);
    if (first === i) return [];
    return [
      {
        path,
        zh: `和 workspaces[${first}] 的相同，请换一个。`,
        en: `is the same as that of workspaces[${first}]; choose another.`,
      },
    ];
  });
}

/** Over HTTP anybody may call: events are believed by these two, and nothing else of them is signed. */
function httpWithoutKeys({ workspaces }: Written): Found[] {
  return workspaces.flatMap((one, i) => {
    if (one.kind !== 'dingtalk' || one.transport !== 'http') return [];
    return (['token', 'aes_key'] as const).flatMap((key) => {
      if (one[key] !== null) return [];
      const path = ['workspaces', i, key];
      const zh = '没有写。transport 为 http 时必须写：开放平台“事件订阅”里的签名 token 和加密 aes_key。';
      const en = 'is missing; transport http needs the token and the aes_key of the event subscription.';
      return [{ path, zh, en }];
    });
  });
}

/** An account alone is only clear where there is one workspace: two corps may both have a `zhangsan`. */
function badAdmins({ admins, workspaces }: Written): Found[] {
  const ids = workspaces.length > 0 ? workspaces.map(({ id }) => id) : [SANDBOX_WORKSPACE];
  const known = new Set([...ids, ...RESERVED]);
  return admins.flatMap((admin, i) => {
    const path = ['admins', i];
    const [workspace] = admin.includes('/') ? admin.split('/') : [null];
    if (workspace === null && ids.length > 1) {
      return [
        {
          path,
          zh: `要写明是哪个平台的账号，如 ${ids[0]}/${admin}。`,
          en: `must say which workspace the account is in, such as ${ids[0]}/${admin}.`,
        },
      ];
    }
    if (workspace === null || workspace === undefined || known.has(workspace)) return [];
    return [
      {
        path,
        zh: `里的 ${workspace} 不是已配置的平台。可以写：${[...known].join('、')}。`,
        en: `names ${workspace}, which is not a configured workspace. Known: ${[...known].join(', ')}.`,
      },
    ];
  });
}
