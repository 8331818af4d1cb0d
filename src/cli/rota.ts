/**
 * `paidan rota show`: all rotas as a file, with who is on duty now. `paidan rota import FILE`: those in the file are made or
 * replaced, others stay; a running service sees it soon.
 */
import { basename } from 'node:path';
import { readRotas } from '../config/rotas.ts';
import { rotasText } from '../config/rotasText.ts';
import type { Directory, PersonId } from '../flow/directory.ts';
import { LOCAL_ZONE } from '../flow/zone.ts';
import { importRotas, rotasIn, type StoredRota, withMembers } from '../people/rota.ts';
import { onDuty } from '../worktime/rota.ts';
import { read } from './findings.ts';
import { onGround } from './ground.ts';
import { Usage } from './usage.ts';

const HOW = '用法 usage: paidan rota show · paidan rota import FILE';

export async function rotaCommand(args: readonly string[]): Promise<number> {
  const [what, file, ...rest] = args;
  if (what === 'show' && file === undefined) return show();
  if (what !== 'import' || file === undefined || rest.length > 0) throw new Usage(HOW);
  const rotas = readRotas(await read(file), basename(file));
  return onGround(async ({ ground: { db, cache }, directory }) => {
    await importRotas(db, { rotas, directory: await directory(), announcer: cache });
    const after = await directory();
    for (const { name } of rotas) console.log(`${name}: ${nowText(after, name)}`);
  });
}

const show = (): Promise<number> =>
  onGround(async ({ ground: { db }, directory }) => {
    const known = await directory();
    const rotas = await db.read(rotasIn);
    for (const { name } of rotas) console.log(`# ${name}: ${nowText(known, name)}`);
    console.log(rotasText(rotas.map((rota) => inAccounts(rota, known))).trimEnd());
  });

function nowText({ rotas, people }: Directory, name: string): string {
  const rota = rotas.get(name);
  const found = rota ? onDuty(rota, LOCAL_ZONE, Date.now()).flatMap((id) => nameOf(id)) : [];
  return found.length > 0
    ? `现在值班 on duty now: ${found.join('、')}`
    : '现在没有人值班。Nobody is on duty at the moment.';

  function nameOf(id: PersonId): string[] {
    const person = people.get(id);
    return person?.active ? [person.name] : [];
  }
}

/** As a file names them. Whoever has left stands there by name: an import says that they have, and asks for another. */
const inAccounts = (rota: StoredRota, { people }: Directory) =>
  withMembers(rota, (member): string => {
    if (typeof member === 'string') return member;
    const person = people.get(member);
    const [place] = person?.places ?? [];
    return place ? `${place.workspace}/${place.account}` : (person?.name ?? `#${member}`);
  });
