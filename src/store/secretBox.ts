/**
 * Encryption at rest for secrets and personal values: AES-256-GCM under the key of `secret_key`. What is sealed is bound to
 * the row it stands in, so a ciphertext moved to another row does not open.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface SecretBox {
  /** @param place the row it will stand in, as `setting:workspace:hq`. @returns `v1.` and base64url of nonce, tag, text */
  seal(plain: string, place: string): string;
  /** @throws Error when it was sealed under another key or for another place, or is damaged. Says which place, never what. */
  open(sealed: string, place: string): string;
  /** The same for equal text, and says nothing about it without the key: for finding an encrypted mobile number. Hex, 64. */
  digest(plain: string, purpose: string): string;
}

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param key 32 bytes; see `secretKey.ts` */
export function makeSecretBox(key: Uint8Array): SecretBox {
  if (key.length !== 32) throw new Error(`secret_key has ${key.length} bytes, expected 32`);
  // One key for each use: what is learnt about one says nothing about the other.
  const sealing = Buffer.from(hkdfSync('sha256', key, '', 'paidan seal v1', 32));
  const digesting = Buffer.from(hkdfSync('sha256', key, '', 'paidan digest v1', 32));
  return {
    seal(plain, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(`${VERSION}:${place}`));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url')}`;
    },
    open(sealed, place) {
      const [version, body = ''] = sealed.split('.');
      const bytes = Buffer.from(body, 'base64url');
      if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw unreadable(place);
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      try {
        const options = { authTagLength: TAG_BYTES };
        const decipher = createDecipheriv('aes-256-gcm', sealing, nonce, options)
          .setAAD(Buffer.from(`${VERSION}:${place}`))
          .setAuthTag(tag);
        const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        throw unreadable(place);
      }
    },
    digest: (plain, purpose) => createHmac('sha256', digesting).update(`${purpose}:${plain}`).digest('hex'),
  };
}

const unreadable = (place: string) =>
  new Error(`The secret of ${place} cannot be read: was secret_key changed, or the row copied from another place?`);
