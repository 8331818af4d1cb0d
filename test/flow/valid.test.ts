/** Valid templates, one file each: nothing is wrong with them, a hint at most; and they are shaped as editors are told. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkTemplate } from '../../src/flow/check.ts';
import { templateJsonSchema } from '../../src/flow/jsonSchema.ts';
import { parseTemplate } from '../../src/flow/parse.ts';
import type { TemplateSpec } from '../../src/flow/spec/template.ts';

const folder = join(import.meta.dirname, 'valid');
const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const texts = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
const specs = [...texts.values()].flatMap((text) => parseTemplate(text).spec ?? []);
const templates = new Map<string, TemplateSpec>(specs.map((spec) => [spec.template, spec]));
const schema = z.fromJSONSchema(templateJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

it('there are many, and each is another', () => {
  expect(names.length).toBeGreaterThanOrEqual(40);
  expect(templates.size).toBe(names.length);
});

describe.each(names)('%s', (name) => {
  const text = texts.get(name) ?? '';
  it('has no finding', () => {
    const { findings } = checkTemplate(text, null, 1, { templates });
    const bad = findings.filter(({ severity }) => severity !== 'info');
    expect(bad.map(({ code, line, column, en }) => `${code} ${line}:${column} ${en}`)).toEqual([]);
    expect(findings.filter(({ severity, code }) => severity === 'info' && code !== 'not_yet_run')).toEqual([]);
  });
  it('has no finding with the line ends of Windows and a byte order mark', () => {
    const { findings } = checkTemplate(`\uFEFF${text.replaceAll('\n', '\r\n')}`, null, 1, { templates });
    expect(findings).toEqual(checkTemplate(text, null, 1, { templates }).findings);
  });
  it('fits the schema of editors', () => {
    expect(schema.safeParse(parse(text)).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toBe(
      undefined,
    );
  });
});
