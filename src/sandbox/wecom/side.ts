/** The WeCom corp as its people use it. */
import { deliveryOf, fileOf, Rejected } from '../clientBody.ts';
import type { Side } from '../side.ts';
import type { Acts } from './acts.ts';
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import type { MediaShelf } from './media.ts';

const MAX_PICTURE = 10 * 1024 * 1024; // bytes
const TAMPERS = ['signature', 'receiver', 'truncated'] as const;

export function makeWecomSide(corp: Corp, media: MediaShelf, acts: Acts): Side {
  return {
    platform: 'wecom',
    directory: corp.directory,
    chat: (userid) => corp.chat(userid).map((stored) => stored.message),
    text: ({ userid }, content, ctx) => acts.text(userid, content, deliveryOf(ctx, TAMPERS)),
    async image({ userid }, ctx) {
      const upload = await fileOf(ctx, MAX_PICTURE, 'image.png');
      // A file dropped into the chat does not reach an app at all.
      if (!/^image\//.test(upload.contentType))
        throw new Rejected(415, '企业微信只会把图片转给应用。WeCom passes only pictures on to an app.');
      return acts.image(userid, upload, deliveryOf(ctx, TAMPERS));
    },
    click: ({ userid }, click, ctx) => acts.click(userid, click, deliveryOf(ctx, TAMPERS)),
    enter: ({ userid }, ctx) => acts.enter(userid, deliveryOf(ctx, TAMPERS)),
    retry: ({ userid }, messageId, ctx) => acts.retry(userid, messageId, deliveryOf(ctx, TAMPERS)),
    file(mediaId) {
      try {
        return media.read(mediaId);
      } catch (error) {
        if (error instanceof WecomError) return null;
        throw error;
      }
    },
  };
}
