import { describe, expect, it } from '@jest/globals';
import { markdownLines, textPieces } from '../../../src/sandbox/page/prose.ts';

describe('text', () => {
  it('keeps words as they are and makes links of <a href> and addresses', () => {
    expect(textPieces('见 <a href="https://a.example/t/1">工单</a>，或 https://b.example/x?y=1。')).toEqual([
      { kind: 'text', text: '见 ' },
      { kind: 'link', text: '工单', url: 'https://a.example/t/1' },
      { kind: 'text', text: '，或 ' },
      { kind: 'link', text: 'https://b.example/x?y=1', url: 'https://b.example/x?y=1' },
      { kind: 'text', text: '。' },
    ]);
  });

  it('shows other tags as the text they are', () => {
    expect(textPieces('<b>1 < 2</b>')).toEqual([{ kind: 'text', text: '<b>1 < 2</b>' }]);
  });
});

describe('markdown', () => {
  it.each([
    ['## 标题', 2, false, [{ kind: 'text', text: '标题' }]],
    ['> 引用', 0, true, [{ kind: 'text', text: '引用' }]],
    [
      '**粗**`码`',
      0,
      false,
      [
        { kind: 'bold', text: '粗' },
        { kind: 'code', text: '码' },
      ],
    ],
    ['[开](https://a.example)', 0, false, [{ kind: 'link', text: '开', url: 'https://a.example' }]],
    ['<font color="warning">P1</font>', 0, false, [{ kind: 'font', text: 'P1', color: 'warning' }]],
    ['#没有空格', 0, false, [{ kind: 'text', text: '#没有空格' }]],
    ['', 0, false, []],
  ])('%s', (text, heading, quote, pieces) => {
    expect(markdownLines(text)).toEqual([{ heading, quote, pieces }]);
  });
});
