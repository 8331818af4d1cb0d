/** The markdown of DingTalk's messages. Source: reference/dingtalk.md, 5.3. */
import { describe, expect, it } from '@jest/globals';
import { dingtalkBlocks } from '../../../src/sandbox/page/dingtalkMarkdown.ts';

const words = (text: string) => dingtalkBlocks(text).map(({ kind, rank, lines }) => [kind, rank, lines.map(plain)]);
const plain = (pieces: readonly { text: string }[]) => pieces.map(({ text }) => text).join('');

describe('a line', () => {
  it.each([
    ['# 大', 'heading', 1],
    ['###### 小', 'heading', 6],
    ['> 引用', 'quote', 0],
    ['- 一项', 'bullet', 0],
    ['3. 第三', 'number', 3],
    ['#没有空格', 'plain', 0],
    ['2026.12', 'plain', 0],
  ])('%s', (text, kind, rank) => {
    expect(dingtalkBlocks(text)[0]).toMatchObject({ kind, rank });
  });

  it('ends only where two spaces stand before the break', () => {
    expect(words('一  \n  二 \n三')).toEqual([['plain', 0, ['一', '二 三']]]);
  });

  it('goes on in the item or quote before it, and starts anew after an empty one', () => {
    expect(words('- 一\n还是一\n\n后面')).toEqual([
      ['bullet', 0, ['一 还是一']],
      ['plain', 0, ['后面']],
    ]);
    expect(words('# 题\n正文')).toEqual([
      ['heading', 1, ['题']],
      ['plain', 0, ['正文']],
    ]);
  });
});

it('inside a line: bold, italic, links, pictures and wide spaces; tags are words', () => {
  const [block] = dingtalkBlocks('**粗** *斜*&nbsp;[开](https://a.example) ![图](https://b.example/p.png)<b>x</b>');
  expect(block?.lines[0]).toEqual([
    { kind: 'bold', text: '粗' },
    { kind: 'text', text: ' ' },
    { kind: 'italic', text: '斜' },
    { kind: 'text', text: '\u00a0' },
    { kind: 'link', text: '开', url: 'https://a.example' },
    { kind: 'text', text: ' ' },
    { kind: 'picture', text: '图', url: 'https://b.example/p.png' },
    { kind: 'text', text: '<b>x</b>' },
  ]);
});
