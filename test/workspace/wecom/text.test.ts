/** Texts as WeCom takes them: bytes are counted, and only our own links are links. */
import { describe, expect, it } from '@jest/globals';
import { TEXT_BYTES, withLink, withoutTags } from '../../../src/workspace/wecom/text.ts';

describe('a text for WeCom', () => {
  it.each([
    ['<a href="http://evil.example">点我</a>', '＜a href="http://evil.example">点我＜/a>'],
    ['<A\nHREF="x">y</A >', '＜A\nHREF="x">y＜/A >'],
    ['1 <a 2, a<b, <abbr>', '1 ＜a 2, a<b, <abbr>'],
  ])('makes no link of what people write: %s', (written, shown) => {
    expect(withoutTags(written)).toBe(shown);
  });

  it('keeps its link whole when the words are too long', () => {
    const link = { text: '打开表单页面', url: 'https://desk.example.com/auth/hq/start?to=%2Fm%2Fd%2F1' };
    const text = withLink('长'.repeat(2000), link);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(TEXT_BYTES);
    expect(text.endsWith(`…\n<a href="${link.url}">打开表单页面</a>`)).toBe(true);
  });

  it('lets no address end its quotes', () => {
    expect(withLink('x', { text: 'y', url: 'https://h/?q="><a href="z' })).toBe(
      'x\n<a href="https://h/?q=%22><a href=%22z">y</a>',
    );
  });
});
