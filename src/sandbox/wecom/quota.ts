/** How much one member and one app may get. Above the member's share a message is dropped in silence. Source: reference/wecom.md, 4.3. */
import type { Corp } from './corp.ts';
import { WecomError } from './errors.ts';
import { HOUR } from './rows.ts';

const MINUTE = 60_000;
const BEIJING = 8 * HOUR;
const PER_ACCOUNT = 200;

export interface Quota {
  /** May this member get one more now? Counts it when yes. */
  admits(userid: string): boolean;
  /** Counts person-sends of the app's day. @throws WecomError 45009 when the day's are used up */
  spend(persons: number): void;
}

export function makeQuota(corp: Corp): Quota {
  const delivered = new Map<string, number[]>();
  for (const person of corp.directory.employees)
    delivered.set(
      person.userid,
      corp
        .chat(person.userid)
        .filter((one) => one.msgid !== null)
        .map((one) => one.message.at),
    );
  let day = 0;
  let spent = 0;
  return {
    admits(userid) {
      const now = corp.now();
      const { perMinute, perHour } = corp.settings();
      const hour = (delivered.get(userid) ?? []).filter((at) => at > now - HOUR);
      delivered.set(userid, hour);
      const minute = hour.filter((at) => at > now - MINUTE).length;
      if (hour.length >= perHour || minute >= perMinute) return false;
      hour.push(now);
      return true;
    },
    spend(persons) {
      const today = Math.floor((corp.now() + BEIJING) / (24 * HOUR));
      if (today !== day) [day, spent] = [today, 0];
      if (spent + persons > corp.settings().accounts * PER_ACCOUNT) throw new WecomError(45009);
      spent += persons;
    },
  };
}
