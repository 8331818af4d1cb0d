/** What may be forgotten: tokens, rates, news. Import it through `cache.ts`. */
export interface Cache {
  get(key: string): Promise<string | null>;
  /** @param ttlMs at least 1 */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
  /**
   * One more of something of which `limit` may happen in any `windowMs`. Counted over all processes while Redis answers.
   * @returns false when it would be too many; nothing is counted then
   */
  take(bucket: string, limit: number, windowMs: number): Promise<boolean>;
  /** Tells every process that listens, this one too, once. May be lost: a listener must also look by itself now and then. */
  publish(channel: string, text: string): void;
  /** @returns stops listening */
  subscribe(channel: string, listener: (text: string) => void): () => void;
  close(): Promise<void>;
}
