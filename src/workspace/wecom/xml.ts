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
const MAX_TAGS = 40_000;
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
  const root: Growing = { name: '', text: '', children: [] };
  const open = [root];
  let at = PROLOG.exec(source)?.[0].length ?? 0;
  for (let tags = 0; tags < MAX_TAGS && at >= 0; tags += 1) {
    const tag = source.indexOf('<', at);
    const inside = open[open.length - 1];
    if (tag < 0 || !inside) return null;
    if (!addText(inside, source.slice(at, tag))) return null;
    if (source.startsWith(CDATA, tag)) at = takeCdata(source, tag, inside);
    else if (source[tag + 1] === '/') at = takeEnd(source, tag, open);
    else at = takeStart(source, tag, open);
    if (open.length === 1 && root.children.length > 0 && at >= 0) return soleRoot(root, source.slice(at));
  }
  return null;
}

/** These three go past one piece of markup. @returns where it ends; -1 when it is not well formed */
function takeCdata(source: string, tag: number, inside: Growing): number {
  const end = source.indexOf(']]>', tag);
  if (end < 0) return -1;
  inside.text += source.slice(tag + CDATA.length, end);
  return end + 3;
}

function takeEnd(source: string, tag: number, open: Growing[]): number {
  const end = source.indexOf('>', tag);
  const ended = open.pop();
  if (end < 0 || ended?.name !== source.slice(tag + 2, end) || isMixed(ended)) return -1;
  return end + 1;
}

function takeStart(source: string, tag: number, open: Growing[]): number {
  const end = source.indexOf('>', tag);
  const isEmpty = source[end - 1] === '/';
  const name = source.slice(tag + 1, isEmpty ? end - 1 : end);
  if (end < 0 || open.length > MAX_DEPTH || !NAME.test(name)) return -1;
  const element: Growing = { name, text: '', children: [] };
  open[open.length - 1]?.children.push(element);
  if (!isEmpty) open.push(element);
  return end + 1;
}

const soleRoot = (root: Growing, rest: string): XmlElement | null =>
  root.text.trim() === '' && rest.trim() === '' ? (root.children[0] ?? null) : null;

const isMixed = (element: Growing): boolean => element.children.length > 0 && element.text.trim() !== '';

function addText(inside: Growing, raw: string): boolean {
  if (raw === '') return true;
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
