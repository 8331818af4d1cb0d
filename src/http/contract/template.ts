/** Templates: what can be filed, and checking and publishing their text. */
import { z } from 'zod';
import { FormState } from './form.ts';
import { Finding } from './problem.ts';
import { Id } from './value.ts';

export const TemplateLine = z.object({
  key: z.string(),
  version: z.number().int(),
  name: z.string(),
  description: z.string(),
});
export const TemplateList = z.object({ templates: z.array(TemplateLine) });

/** `fileable`: what I may file; `all`: every one that is in use, which is what a substitute may be named for. */
export const TemplatesQuery = z.strictObject({ of: z.enum(['fileable', 'all']).default('fileable') });

/** For whom it will be filed; absent: for me. */
export const FilingQuery = z.strictObject({ requester: Id.optional() });

/** An empty form of it, with the requester's defaults. */
export const TemplateForm = z.object({ template: TemplateLine, form: FormState });

export const TemplateText = z.strictObject({
  /** The whole YAML. */
  text: z.string().max(500_000),
});
export const Findings = z.object({ findings: z.array(Finding) });
export const PublishedTemplate = z.object({
  key: z.string(),
  version: z.number().int(),
  /** False when this very text was published before. */
  changed: z.boolean(),
  /** Warnings and hints; errors would have stopped it. */
  findings: z.array(Finding),
});

export type TemplateLine = z.output<typeof TemplateLine>;
