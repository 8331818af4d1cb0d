/**
 * Which accounts of two platforms are one person, by what both platforms say of them: a mobile number or a mail address
 * that exactly one person has on either side. Pure. Why that suffices: docs/decisions/0015-linking-people.md.
 */

/** One person on one side. The two values are only compared with each other. */
export interface Contact {
  readonly id: number;
  readonly mobile: string | null;
  readonly mail: string | null;
}

export interface SamePerson {
  readonly here: number;
  readonly elsewhere: number;
  readonly by: 'mobile' | 'mail';
}

/**
 * Platforms write one number in many ways: `+86-13800000000`, `138 0000 0000`.
 * @returns digits, China's own without the country code; null for what is no whole number: empty, masked, an extension
 */
export function mobileKey(mobile: string | null): string | null {
  if (mobile === null || !/^[+\d\s().-]+$/.test(mobile)) return null;
  const digits = mobile.replace(/\D/g, '').replace(/^00/, '');
  const plain = digits.replace(/^86(?=1\d{10}$)/, '');
  return plain.length >= 7 && plain.length <= 15 && !/^(\d)\1+$/.test(plain) ? plain : null;
}

/** @returns null for what is no address */
export function mailKey(mail: string | null): string | null {
  const key = mail?.trim().toLowerCase() ?? '';
  return /^[^@\s]+@[^@\s]+$/.test(key) ? key : null;
}

/**
 * A value that two people of one side share names nobody. Who is named by mobile and by mail must be the same, from
 * either side; and a mail does not outweigh two different mobiles: it may be a shared mailbox.
 */
export function samePeople(here: readonly Contact[], elsewhere: readonly Contact[]): SamePerson[] {
  const named = [...namedBy('mobile', here, elsewhere), ...namedBy('mail', here, elsewhere)];
  const partners = new Map<Contact, Set<Contact>>();
  for (const { mine, theirs } of named) {
    partners.set(mine, (partners.get(mine) ?? new Set()).add(theirs));
    partners.set(theirs, (partners.get(theirs) ?? new Set()).add(mine));
  }
  const isOnly = (one: Contact) => partners.get(one)?.size === 1;
  const found = new Map<Contact, SamePerson>();
  for (const { mine, theirs, by } of named) {
    if (mine.id === theirs.id || !isOnly(mine) || !isOnly(theirs) || found.has(mine)) continue;
    const contradict = by === 'mail' && mine.mobile !== null && theirs.mobile !== null && mine.mobile !== theirs.mobile;
    if (!contradict) found.set(mine, { here: mine.id, elsewhere: theirs.id, by });
  }
  return [...found.values()];
}

interface Named {
  readonly mine: Contact;
  readonly theirs: Contact;
  readonly by: SamePerson['by'];
}

function namedBy(by: SamePerson['by'], here: readonly Contact[], elsewhere: readonly Contact[]): Named[] {
  const [mine, theirs] = [owners(here, by), owners(elsewhere, by)];
  return [...mine].flatMap(([value, one]) => {
    const other = theirs.get(value);
    return one && other ? [{ mine: one, theirs: other, by }] : [];
  });
}

/** null: several have it. */
function owners(side: readonly Contact[], by: SamePerson['by']): Map<string, Contact | null> {
  const found = new Map<string, Contact | null>();
  for (const one of side) {
    const value = one[by];
    if (value !== null) found.set(value, found.has(value) ? null : one);
  }
  return found;
}
