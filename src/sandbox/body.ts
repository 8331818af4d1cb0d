/** Reading a request's body, bounded. */
import type { IncomingMessage } from 'node:http';

/** @param max bytes. @returns null when there is more */
export async function readBody(request: IncomingMessage, max: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= max) parts.push(part);
  }
  return size <= max ? Buffer.concat(parts) : null;
}

/** @returns undefined when it is not UTF-8 or not a JSON object */
export function readObject(body: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
