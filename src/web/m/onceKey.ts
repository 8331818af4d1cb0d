/** A key that names one intention: whatever is sent under it happens once. 32 hexadecimal digits. */
export const makeOnceKey = (): string =>
  // randomUUID exists only on https, and a trial in the office may not have it.
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
