/**
 * templates/template.schema.json is generated. To write it anew:
 * UPDATE_SCHEMA=1 NODE_OPTIONS=--experimental-vm-modules npx jest test/flow/jsonSchema
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { templateJsonSchema } from '../../src/flow/jsonSchema.ts';
import { shipped } from '../support/template.ts';

const file = join(import.meta.dirname, '../../templates/template.schema.json');
const generated = `${JSON.stringify(templateJsonSchema(), null, 2)}\n`;
if (process.env.UPDATE_SCHEMA) writeFileSync(file, generated);

it('is what the schemas say', () => expect(readFileSync(file, 'utf8')).toBe(generated));

describe('as an editor uses it, on what YAML reads', () => {
  const schema = z.fromJSONSchema(JSON.parse(generated) as Parameters<typeof z.fromJSONSchema>[0]);
  const template = (name: string) => parse(shipped(name)) as Record<string, unknown>;
  it.each(['it-repair', 'seal'])('%s fits', (name) => expect(schema.safeParse(template(name)).error).toBeUndefined());
  it('an unknown key does not', () =>
    expect(schema.safeParse({ ...template('seal'), colour: 'red' }).success).toBe(false));
  it('a wrong type of field does not', () =>
    expect(schema.safeParse({ ...template('seal'), form: [{ id: 'a', type: 'txt', label: 'A' }] }).success).toBe(
      false,
    ));
  it('numbers where texts are kept do', () =>
    expect(schema.safeParse({ ...template('seal'), name: 2024, keywords: [7, true] }).success).toBe(true));
  it('describes its keys in Chinese', () => expect(generated).toContain('满意度调查'));
});
