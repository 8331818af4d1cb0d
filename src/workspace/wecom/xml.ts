/**
 * Reads the flat XML of WeCom's callbacks, and nothing more: elements, text, CDATA, the five named entities and numeric
 * ones. Attributes, comments, DTDs and mixed content are refused, so there is nothing to expand and nothing to fetch.
 *
 * Our own, because a general parser took three quarters of a callback's CPU time (design/performance.md).
 */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** Characters; WeCom's largest callbacks are some kilobytes. */
const MAX_SIZE = 1024 * 1024;
const MAX_DEPTH = 16;
const MAX_ELEMENTS = 20_000;
const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,63}$/;
const PROLOG = /^\uFEFF?\s*(?:<\?xml[^<>]*\?>\s*)?/;
const CDATA = '<![CDATA[';

interface Growing {
  name: string;
  text: string;
  children: Growing[];
}

/** @returns the root element; null when the text is anything else */
export function readXml(source: string): XmlElement | null {
  if (source.length > MAX_SIZE) return null;
  const open: Growing[] = [];
  let at = PROLOG.exec(source)?.[0].length ?? 0;
  for (let elements = 0; elements < MAX_ELEMENTS;) {
    const inside = open[open.length - 1];
    const tag = source.indexOf('<', at);
    if (tag < 0 || !addText(inside, source.slice(at, tag))) return null;
    if (source.startsWith(CDATA, tag)) {
      const end = source.indexOf(']]>', tag);
      if (!inside || end < 0) return null;
      inside.text += source.slice(tag + CDATA.length, end);
      at = end + 3;
      continue;
    }
    const end = source.indexOf('>', tag);
    if (end < 0) return null;
    at = end + 1;
    if (source[tag + 1] === '/') {
      if (inside?.name !== source.slice(tag + 2, end) || isMixed(inside)) return null;
      open.pop();
      if (open.length === 0) return source.slice(at).trim() === '' ? inside : null;
      continue;
    }
    elements += 1;
    const empty = source[end - 1] === '/';
    const name = source.slice(tag + 1, empty ? end - 1 : end);
    const element: Growing = { name, text: '', children: [] };
    if (!NAME.test(name) || open.length >= MAX_DEPTH || (empty && !inside)) return null;
    inside?.children.push(element);
    if (!empty) open.push(element);
  }
  return null;
}

const isMixed = (element: Growing): boolean => element.children.length > 0 && element.text.trim() !== '';

function addText(inside: Growing | undefined, raw: string): boolean {
  if (raw === '') return true;
  if (!inside) return raw.trim() === '';
  const text = decoded(raw);
  if (text === null) return false;
  inside.text += text;
  return true;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot|apos));/g;

function decoded(raw: string): string | null {
  if (!raw.includes('&')) return raw;
  let sound = !raw.replace(ENTITY, '').includes('&');
  const text = raw.replace(ENTITY, (_all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? '';
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    sound = false;
    return '';
  });
  return sound ? text : null;
}

export const child = (parent: XmlElement | undefined, name: string): XmlElement | undefined =>
  parent?.children.find((one) => one.name === name);

/** Every child of that name: WeCom writes lists as repeated siblings, and a list of one looks like a value. */
export const children = (parent: XmlElement | undefined, name: string): XmlElement[] =>
  parent?.children.filter((one) => one.name === name) ?? [];

/** The text of a child; `''` when it is absent. */
export const textOf = (parent: XmlElement | undefined, name: string): string => child(parent, name)?.text ?? '';
