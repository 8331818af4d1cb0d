/**
 * Where platform tokens are kept, shared by replicas where the service has a shared cache. It may be emptied at any
 * moment: the cost is one more call to the platform.
 */
export interface TokenCache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  delete(key: string): Promise<void>;
}
