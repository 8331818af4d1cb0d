/** Small choices that survive a reload. A browser that forbids storage just forgets them. */
const PREFIX = 'paidan-sandbox-';

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // forgotten at the next visit, nothing else
  }
}
