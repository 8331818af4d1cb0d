import { describe, expect, it } from '@jest/globals';
import * as official from '@wecom/crypto';
import { readFileSync } from 'node:fs';
import { makeAccount } from '../../src/sandbox/account.ts';
import { decrypt, encrypt } from '../../src/sandbox/sealed.ts';
import { sign } from '../../src/sandbox/wecom/crypto.ts';
import { readXml, textOf, writeXml } from '../../src/sandbox/wecom/xml.ts';

interface Vector {
  id: string;
  token: string;
  encoding_aes_key: string;
  receiveid: string;
  msg_signature: string;
  timestamp: string;
  nonce: string;
  encrypt: string;
  expected: { msg: string };
}
const file = new URL('../reference/wecom/crypto-vectors.json', import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

describe("the platform's cipher", () => {
  it.each(vectors)('reads and writes vector $id', (vector) => {
    expect(sign(vector.token, vector.timestamp, vector.nonce, vector.encrypt)).toBe(vector.msg_signature);
    const { message, receiver, random } = decrypt(vector.encoding_aes_key, vector.encrypt);
    expect([message, receiver]).toEqual([vector.expected.msg, vector.receiveid]);
    expect(encrypt(vector.encoding_aes_key, receiver, message, random)).toBe(vector.encrypt);
  });

  it('has ten vectors to go by', () => expect(vectors).toHaveLength(10));

  it('refuses another key and a cut text', () => {
    const [a, , b] = vectors as [Vector, Vector, Vector];
    expect(() => decrypt(b.encoding_aes_key, a.encrypt)).toThrow();
    expect(() => decrypt(a.encoding_aes_key, a.encrypt.slice(0, 40))).toThrow();
  });

  it('and the official library read each other', () => {
    const { encodingAesKey, token } = makeAccount('http://x');
    for (const text of ['', '工单', 'x'.repeat(31), '报修🖨️'.repeat(500)]) {
      const ours = encrypt(encodingAesKey, 'ww1', text, Buffer.alloc(16, 1));
      expect(official.decrypt(encodingAesKey, ours)).toMatchObject({ message: text, id: 'ww1' });
      const theirs = official.encrypt(encodingAesKey, text, 'ww1');
      expect(decrypt(encodingAesKey, theirs)).toMatchObject({ message: text, receiver: 'ww1' });
      expect(official.getSignature(token, 1767225600, 'n', ours)).toBe(sign(token, '1767225600', 'n', ours));
    }
  });

  it('uses a key whose last character carries spare bits', () => {
    const key = makeAccount('http://x').encodingAesKey;
    expect(key).toMatch(/^[A-Za-z0-9]{43}$/);
    expect(Buffer.from(`${key}=`, 'base64').toString('base64')).not.toBe(`${key}=`);
  });
});

describe('xml', () => {
  it('carries any text there and back', () => {
    const text = '报修 <b>&amp; ]]> "x" 🖨️\n]]]]>>';
    expect(textOf(readXml(writeXml(['xml', [['Content', text]]])), 'Content')).toBe(text);
  });
  it('refuses a document type and what is not well-formed', () => {
    expect(() => readXml('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')).toThrow();
    expect(() => readXml('<a><b></a>')).toThrow();
  });
});
