/** Why two accounts can’t become one person, or two people, by the refusal's `why`. */
import type { Words } from '../lib/locale.ts';

export const NOT_LINKED_WORDS = new Map<string, Words>(
  Object.entries({
    open_work: {
      zh: '这个人名下还有没办完的待办、工单或草稿，现在不能合并。请先办完或转交，再合并；也可以反过来，把另一个账号并到他名下。',
      en: 'This person still has an open task, ticket or draft. Finish or hand it over first; or link the other way round, the other account into this one.',
    },
    same_workspace: {
      zh: '两个人在同一个平台上各有账号，不能合并成一个人。请核对账号。',
      en: 'Both have an account on the same platform, so they are two people. Check the accounts.',
    },
    not_linked: {
      zh: '这两个账号本来就不是同一个人，无需拆开。请核对账号。',
      en: 'These two accounts are not one person: there is nothing to take apart. Check the accounts.',
    },
  }),
);
