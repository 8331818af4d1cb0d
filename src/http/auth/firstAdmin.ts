/** `/auth/first/:token`: the one-time link printed at start. Whoever runs the service says who its first admin is. */
import type { Context } from 'koa';
import { Refused } from '../../lib/refusal.ts';
import { claimFirstAdmin, isFirstAdminLink } from '../../people/admins.ts';
import { readRaw } from '../edge/body.ts';
import type { Http } from '../parts.ts';
import { findPeople, presentPerson } from '../present/people.ts';
import { escapeHtml, link, sendPage } from './page.ts';

const SHOWN = 20;

export function makeFirstAdmin({ db, cache, directory, clock }: Pick<Http, 'db' | 'cache' | 'directory' | 'clock'>) {
  const choose = (ctx: Context): void => {
    const asked = typeof ctx.query['q'] === 'string' ? ctx.query['q'].slice(0, 50) : '';
    const known = directory();
    const people = findPeople(known, asked, SHOWN, null).map((id) => presentPerson(known, id));
    const rows = people.map(
      ({ id, name, department }) =>
        `<li><span>${escapeHtml(name)} <small>${escapeHtml(department)}</small></span><form method="post"><input type="hidden" name="person" value="${id}"><button>设为管理员 · Make admin</button></form></li>`,
    );
    sendPage(ctx, {
      status: 200,
      title: { zh: '谁来做管理员？', en: 'Who is the admin?' },
      text: [
        {
          zh: '请选择第一位管理员。之后他可以发布流程、查看所有工单、重发没送达的消息。',
          en: 'Choose the first admin: who may publish templates, see all tickets and resend what was not delivered.',
        },
      ],
      more: `<form><input name="q" value="${escapeHtml(asked)}" placeholder="姓名或账号 · name or account" maxlength="50"><button>查找 · Find</button></form><ul>${rows.join('')}</ul>`,
    });
  };

  const claim = async (ctx: Context, token: string): Promise<void> => {
    const body = new URLSearchParams((await readRaw(ctx.req, 4096)).toString());
    const personId = Number(body.get('person'));
    const person = directory().people.get(personId);
    if (!person?.active) return choose(ctx);
    try {
      await claimFirstAdmin(db, { token, personId, clock, announcer: cache });
    } catch (error) {
      if (error instanceof Refused) return used(ctx);
      throw error;
    }
    sendPage(ctx, {
      status: 200,
      title: { zh: `${person.name} 现在是管理员`, en: `${person.name} is the admin now` },
      text: [
        { zh: '这个链接已经失效。请从聊天里打开应用。', en: 'This link works no more. Open the app from the chat.' },
      ],
      more: link('/m/', { zh: '打开派单', en: 'Open Paidan' }),
    });
  };

  return {
    /** @returns false for another address */
    async handle(ctx: Context): Promise<boolean> {
      const token = /^\/auth\/first\/([^/]+)$/.exec(ctx.path)?.[1];
      if (token === undefined || (ctx.method !== 'GET' && ctx.method !== 'POST')) return false;
      if (!(await isFirstAdminLink(db, { token, clock }))) used(ctx);
      else if (ctx.method === 'POST') await claim(ctx, token);
      else choose(ctx);
      return true;
    },
  };
}

function used(ctx: Context): void {
  sendPage(ctx, {
    status: 410,
    title: { zh: '链接已失效', en: 'This link works no more' },
    text: [
      {
        zh: '它已经用过、超过 24 小时，或已有管理员。没有管理员时，重新启动服务会打印新的链接。',
        en: 'It was used, is older than 24 hours, or there is an admin already. While there is none, each start of the service prints a new link.',
      },
    ],
  });
}
