/** Which option a typed text means: its name, its number in the list, or a part that only one name has. */
import type { Option } from './field.ts';
import { plain } from './typed.ts';

/** @returns null when no option, or more than one, is meant */
export function findOption(text: string, options: readonly Option[]): Option | null {
  const wanted = plain(text).toLowerCase();
  if (!wanted) return null;
  const names = (option: Option): readonly string[] => [
    plain(option.label).toLowerCase(),
    plain(option.value).toLowerCase(),
  ];
  const exact = options.find((option) => names(option).includes(wanted));
  if (exact) return exact;
  // An option that is itself called "2" was found above: only then is 2 a name and not a place.
  const place = /^(\d{1,3})[.、)号]?$/.exec(wanted);
  if (place) return options[Number(place[1]) - 1] ?? null;
  const partial = options.filter((option) => names(option).some((name) => name.includes(wanted)));
  return partial.length === 1 ? (partial[0] ?? null) : null;
}
