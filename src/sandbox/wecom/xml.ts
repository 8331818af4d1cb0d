/** The little XML that callbacks need: written in the platform's style (CDATA for text), read into a plain tree. */
import { SaxesParser } from 'saxes';

/** Text becomes CDATA, a number stands bare, a list is children. Order is kept. */
export type XmlNode = readonly [name: string, value: string | number | bigint | readonly XmlNode[]];

// Characters that XML 1.0 cannot carry, however they are written.

const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function writeXml([name, value]: XmlNode): string {
  const inner =
    typeof value === 'number' || typeof value === 'bigint'
      ? String(value)
      : typeof value === 'string'
        ? `<![CDATA[${value.replace(UNWRITABLE, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
        : value.map(writeXml).join('');
  return `<${name}>${inner}</${name}>`;
}

export interface Element {
  readonly name: string;
  text: string;
  readonly children: Element[];
}

/** @throws Error when it is not well-formed, or brings a document type (entities are nobody's friend) */
export function readXml(xml: string): Element {
  const parser = new SaxesParser();
  const root: Element = { name: '', text: '', children: [] };
  const open: Element[] = [root];
  const top = () => open.at(-1) ?? root;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new Error('a document type is not allowed');
  });
  parser.on('opentag', (tag) => {
    const element: Element = { name: tag.name, text: '', children: [] };
    top().children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => void (top().text += text));
  parser.on('cdata', (text) => void (top().text += text));
  parser.write(xml).close();
  const [first] = root.children;
  if (!first) throw new Error('empty');
  return first;
}

export const childOf = (element: Element, name: string): Element | undefined =>
  element.children.find((child) => child.name === name);

/** The text of a child, without the blanks around it; undefined when it is missing. */
export const textOf = (element: Element, name: string): string | undefined => childOf(element, name)?.text.trim();
