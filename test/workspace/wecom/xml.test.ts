import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { readFileSync } from 'node:fs';
import { child, children, readXml, textOf } from '../../../src/workspace/wecom/xml.ts';

const examples = readFileSync(new URL('../../reference/wecom/events.xml', import.meta.url), 'utf8');

describe('what WeCom writes', () => {
  const bodies = [...examples.matchAll(/<example id="([^"]+)">\s*([\s\S]*?)\s*<\/example>/g)];

  it('has all its examples', () => expect(bodies.length).toBeGreaterThan(25));

  it.each(bodies.map(([, id = '', body = '']) => [id, body]))(
    '%s is read as a general parser reads it',
    (_id, body) => {
      const general = new XMLParser({ parseTagValue: false, trimValues: false, cdataPropName: '' }).parse(body) as {
        xml: Record<string, unknown>;
      };
      const xml = readXml(body);
      for (const [name, value] of Object.entries(general.xml))
        if (typeof value === 'string') expect(textOf(xml ?? undefined, name)).toBe(value);
        else expect(child(xml ?? undefined, name)?.children.length).toBeGreaterThanOrEqual(0);
    },
  );
});

describe('the reader', () => {
  const one = (source: string) => readXml(source)?.text ?? null;

  it('joins text, CDATA and entities', () => {
    expect(one('<a>x <![CDATA[<b>&amp;]]> &lt;&#20013;&#x1F5A8;&apos;</a>')).toBe("x <b>&amp; <中🖨'");
  });

  it('keeps repeated siblings as a list, also when there is one or none', () => {
    const list = (body: string) => children(readXml(`<xml>${body}</xml>`) ?? undefined, 'I').map(({ text }) => text);
    expect(list('<I>1</I><I>2</I>')).toEqual(['1', '2']);
    expect(list('<I>1</I>')).toEqual(['1']);
    expect(list('')).toEqual([]);
  });

  it('takes a declaration, a byte order mark and line breaks', () => {
    expect(readXml('\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<A>1</A>\n<B/>\n</xml>\n')).toMatchObject({
      name: 'xml',
      children: [
        { name: 'A', text: '1' },
        { name: 'B', text: '' },
      ],
    });
  });

  it.each([
    ['nothing', ''],
    ['only text', 'hello'],
    ['two roots', '<a></a><b></b>'],
    ['text after it', '<a></a>b'],
    ['an open end', '<a><b></b>'],
    ['crossed tags', '<a><b></a></b>'],
    ['a lone end', '</a>'],
    ['an attribute', '<a b="c">d</a>'],
    ['a comment', '<a><!-- b --></a>'],
    ['a DTD', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a></a>'],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['a character out of range', '<a>&#x110000;</a>'],
    ['a bare ampersand', '<a>b & c</a>'],
    ['an instruction inside', '<a><?b c?></a>'],
    ['an open CDATA', '<a><![CDATA[b</a>'],
    ['mixed content', '<a>b<c>d</c></a>'],
    ['depth', `${'<a>'.repeat(17)}${'</a>'.repeat(17)}`],
    ['a hundred thousand levels', '<a>'.repeat(100_000)],
    ['too many tags', `<a>${'<b/>'.repeat(40_001)}</a>`],
    ['more than a mebibyte', `<a>${'b'.repeat(1024 * 1024)}</a>`],
  ])('refuses %s', (_what, source) => expect(readXml(source)).toBeNull());

  it('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '</',
      '/>',
      '<a>',
      '</a>',
      '<![CDATA[',
      ']]>',
      '&',
      '&lt;',
      '&#x41;',
      '<?xml',
      '?>',
      'x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
        const read = readXml(pieces.join(''));
        expect(read === null || typeof read.name === 'string').toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('takes time in proportion to the size', () => {
    for (const hard of ['<![CDATA[', '<a>&#x41', '<', '<a', '&'.repeat(9), '</a', '<a><![CDATA[]]>']) {
      const started = performance.now();
      readXml(`<a>${hard.repeat(Math.floor(1_000_000 / hard.length))}`);
      expect(performance.now() - started).toBeLessThan(250);
    }
  });
});
