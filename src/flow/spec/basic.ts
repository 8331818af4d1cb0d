/** The small words of the template language: texts, ids, expressions, durations. Descriptions show up in editors. */
import { z } from 'zod';
import { DURATION } from '../../worktime/duration.ts';

/** Ids of nodes and fields: they are variables in expressions. */
export const ID = /^[a-z][a-z0-9_]*$/;
const PERCENT = /^\d{1,3}%$/;

/**
 * An object that knows its keys: an unknown one is an issue whose message lists the known ones as JSON,
 * so that the finding can name the nearest.
 */
export const strict = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? JSON.stringify(Object.keys(shape)) : undefined),
  });

/** A text as it stands in the source: `007`, `2024` and `true` stay what was written. `sourceText`: see jsonSchema.ts. */
export const text = (description: string) => z.string().min(1).meta({ description, sourceText: true });
export const id = (description: string) => z.string().regex(ID, 'id').describe(description);
export const expression = (description: string) => text(`${description}（表达式）`);
export const duration = (description: string) =>
  z
    .string()
    .regex(DURATION, 'duration')
    .describe(`${description}：4h、90m（工作时间），4h wall（自然时间），3 workdays`);
export const percent = (description: string) => z.string().regex(PERCENT, 'percent').describe(description);
export const flag = (description: string) => z.boolean().describe(description);
export const message = (description: string) => text(`${description}，可用 {form.字段} 插入内容`);
