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
  it('describes each of its keys in Chinese', () => expect(undescribed(JSON.parse(generated) as Part)).toEqual([]));

  const seal = () => template('seal') as { form: Part[]; flow: Part[] } & Part;
  const first = (list: 'form' | 'flow', change: Part): Part => {
    const changed = seal();
    return { ...changed, [list]: changed[list].map((one, i) => (i === 0 ? { ...one, ...change } : one)) };
  };
  const without = (key: string): Part => Object.fromEntries(Object.entries(seal()).filter(([name]) => name !== key));
  it.each<[string, Part]>([
    ['no name', without('name')],
    ['no flow', without('flow')],
    ['a bad key', { ...seal(), template: 'Seal 1' }],
    ['a flow that is a map', { ...seal(), flow: {} }],
    ['an unknown key of a field', first('form', { colour: 'red' })],
    ['a bad id', first('form', { id: 'A1' })],
    ['no boolean', first('form', { required: 'maybe' })],
    ['no number', first('form', { max: 'many' })],
    ['a meaning that we do not know', first('form', { means: 'colour' })],
    ['an unknown key of a node', first('flow', { aprover: 'requester' })],
    ['a node of two kinds', first('flow', { confirm: '确认' })],
    ['a node without kind', first('flow', { approve: undefined })],
    ['a bad mode', first('flow', { mode: 'most' })],
    ['a bad duration', first('flow', { timeout: [{ after: '1 day', remind: 'assignee' }] })],
    ['people by no rule', first('flow', { approver: { boss: 'requester' } })],
    ['people by two rules', first('flow', { approver: { role: '财务', user: 'a' } })],
    ['a bad limit', { ...seal(), filing: { limit: '20 a day' } }],
    ['an event that we do not know', { ...seal(), rules: [{ name: 'x', on: 'ticket.opend', do: [{ urgency: 'x' }] }] }],
    ['a rule that does nothing', { ...seal(), rules: [{ name: 'x', on: 'ticket.filed', do: [] }] }],
    ['a target that is no duration', { ...seal(), sla: { resolution: 'soon' } }],
  ])('%s does not', (_, value) => expect(schema.safeParse(JSON.parse(JSON.stringify(value))).success).toBe(false));
});

type Part = Record<string, unknown>;
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/** Keys that an editor would show without a word. */
function undescribed(root: Part): string[] {
  const definitions = root['definitions'] as Record<string, Part>;
  const isDescribed = (part: Part): boolean => {
    if (typeof part['description'] === 'string') return /\p{Script=Han}/u.test(part['description']);
    const { $ref: ref = '', allOf = [] } = part as { $ref?: string; allOf?: Part[] };
    const inner = [definitions[ref.slice(ref.lastIndexOf('/') + 1)], ...allOf];
    return inner.some((one) => isPart(one) && isDescribed(one));
  };
  const found = new Set<string>();
  const visit = (part: Part) => {
    for (const [key, own] of Object.entries((part['properties'] ?? {}) as Record<string, Part>))
      if (!isDescribed(own)) found.add(key);
    for (const inner of Object.values(part)) if (isPart(inner)) visit(inner);
  };
  visit(root);
  return [...found];
}
