/** What a file is, by its first bytes. */
const SIGNS: readonly (readonly [mime: string, offset: number, bytes: string])[] = [
  ['image/png', 0, '89504e470d0a1a0a'],
  ['image/jpeg', 0, 'ffd8ff'],
  ['image/gif', 0, '47494638'],
  ['image/bmp', 0, '424d'],
  ['image/webp', 8, '57454250'],
  ['application/pdf', 0, '255044462d'],
  ['audio/amr', 0, '2321414d52'],
  ['audio/ogg', 0, '4f676753'],
  ['video/mp4', 4, '66747970'],
  // Office files are zips, too: the message's own name tells them apart.
  ['application/zip', 0, '504b0304'],
];

export function mimeOf(head: Buffer): string {
  const found = SIGNS.find(([, offset, hex]) => {
    const sign = Buffer.from(hex, 'hex');
    return head.subarray(offset, offset + sign.length).equals(sign);
  });
  return found?.[0] ?? 'application/octet-stream';
}
