/** One of the sandbox's corps, as its people use it: what both platforms can do, each in its own way. */
import type Koa from 'koa';
import type { ClickBody, Message, Person, Platform, Sent } from './client.ts';
import type { Upload } from './multipart.ts';
import type { Directory, Employee, GroupChat } from './organisation.ts';

/** A text is why the person cannot do that. @param ctx  says in its query how the callback travels */
export interface Side {
  readonly platform: Platform;
  readonly directory: Directory;
  /** The person's chat with the app, oldest first. */
  chat(userid: string): readonly Message[];
  text(person: Employee, content: string, ctx: Koa.Context): Promise<Sent>;
  image(person: Employee, ctx: Koa.Context): Promise<Sent>;
  click(person: Employee, click: ClickBody, ctx: Koa.Context): Promise<Sent | string>;
  enter(person: Employee, ctx: Koa.Context): Promise<Sent>;
  retry(person: Employee, messageId: string, ctx: Koa.Context): Promise<Sent | string>;
  /** @returns null when there is no such file here */
  file(mediaId: string): { readonly media: Omit<Upload, 'bytes'>; readonly bytes: Buffer } | null;
}

/** Everybody of all corps, as the chat page shows them. */
export function peopleOf(sides: readonly Side[]): Person[] {
  return sides.flatMap((side) =>
    side.directory.employees.map((one): Person => {
      const { directory, platform } = side;
      return {
        platform,
        corp: directory.name,
        groups: groupsOf(directory.groups ?? [], one.userid),
        elsewhere: elsewhereOf(sides, side, one),
        userid: one.userid,
        name: one.name,
        departments: one.departments.map((id) => directory.department(id)?.name ?? ''),
        position: one.position,
        isHead: one.departments.some((id) => directory.leads(one, id)),
        manager: one.manager,
      };
    }),
  );
}

const groupsOf = (groups: readonly GroupChat[], userid: string) =>
  groups.filter((group) => group.members.includes(userid)).map(({ id, title }) => ({ id, title }));

/** The same mobile or the same mail address is the same person. */
function elsewhereOf(sides: readonly Side[], here: Side, { mobile, mail }: Employee): string | null {
  const same = (one: Employee) =>
    (mobile !== undefined && one.mobile === mobile) || (mail !== undefined && one.mail === mail);
  for (const side of sides) {
    const found = side === here ? undefined : side.directory.employees.find(same);
    if (found) return found.userid;
  }
  return null;
}
