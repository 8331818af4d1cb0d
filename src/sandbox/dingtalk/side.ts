/** The DingTalk corp as its people use it. */
import type Koa from 'koa';
import { deliveryOf, fileOf, Rejected } from '../clientBody.ts';
import type { Upload } from '../multipart.ts';
import type { Side } from '../side.ts';
import type { Dingtalk } from './dingtalk.ts';
import { TAMPERS } from './push.ts';

const MAX_PICTURE = 20 * 1024 * 1024; // bytes

export function makeDingtalkSide({ corp, acts, media }: Dingtalk): Side {
  return {
    platform: 'dingtalk',
    directory: corp.directory,
    chat: (userid) => corp.chat(userid, null).map((stored) => stored.message),
    text: (person, content, ctx) => acts.text(person, content, deliveryOf(ctx, TAMPERS)),
    image: async (person, ctx) => acts.image(person, await pictureOf(ctx), deliveryOf(ctx, TAMPERS)),
    click: async () => '钉钉的卡片请用 act 点击。On DingTalk one presses with POST …/act.',
    // DingTalk does not tell an app when somebody opens its chat.
    enter: async () => ({ delivered: true, status: 0, attempts: 0 }),
    retry: (person, messageId, ctx) => acts.retry(person, messageId, deliveryOf(ctx, TAMPERS)),
    file: (mediaId) => media.read(mediaId),
  };
}

/** @throws Rejected */
export async function pictureOf(ctx: Koa.Context): Promise<Upload> {
  const upload = await fileOf(ctx, MAX_PICTURE, 'image.png');
  if (!/^image\//.test(upload.contentType))
    throw new Rejected(415, '这不是图片，请作为文件发送。This is no picture: send it as a file.');
  return upload;
}
