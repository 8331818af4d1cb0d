/** Rotas as text of `config/rotas.yaml`, to be read again by `rotas.ts` after an edit. */
import { stringify } from 'yaml';
import type { RotaFile } from './rotas.ts';

const two = (n: number): string => String(n).padStart(2, '0');
const clockOf = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

export const rotasText = (rotas: readonly RotaFile[]): string =>
  stringify({ rotas: rotas.map(written) }, { lineWidth: 120, flowCollectionPadding: true, defaultStringType: 'PLAIN' });

const written = ({ name, pattern, changes }: RotaFile) => ({
  name,
  ...(pattern.kind === 'rotation'
    ? {
        rotation: {
          ...{ members: pattern.members, days: pattern.days, from: pattern.from },
          handover: clockOf(pattern.handover),
        },
      }
    : {
        weekly: pattern.turns.map(({ weekdays, from, to, members }) => ({
          weekdays: weekdays.map((weekday) => weekday + 1),
          ...{ from: clockOf(from), to: clockOf(to), members },
        })),
      }),
  ...(changes.length > 0 ? { changes } : {}),
});
