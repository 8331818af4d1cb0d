/** The template language as JSON Schema, for editors: made from the same zod schemas that the check uses. */
import { z } from 'zod';
import { template } from './spec/template.ts';

export function templateJsonSchema(): object {
  const schema = z.toJSONSchema(template, {
    target: 'draft-7',
    io: 'input',
    reused: 'ref',
    override: ({ jsonSchema }) => {
      if (jsonSchema.sourceText !== true) return;
      delete jsonSchema.sourceText;
      delete jsonSchema.minLength;
      delete jsonSchema.type;
      // Editors see what YAML reads; we take the source text, so 007 and true are texts too.
      Object.assign(jsonSchema, { type: ['string', 'number', 'boolean'] });
    },
  });
  return { $id: 'https://paidan.example.com/template.schema.json', title: '派单流程模板', ...schema };
}
