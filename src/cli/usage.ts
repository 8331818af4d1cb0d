/** The command was called wrongly: its message says how it is called, and no stack follows. */
export class Usage extends Error {
  override readonly name = 'Usage';
}

/** Splits `--name value` and `--flag` from the rest. @param flags  those that take no value */
export function readArgs(args: readonly string[], flags: readonly string[], options: readonly string[]) {
  const given = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const name = arg.startsWith('--') ? arg.slice(2) : null;
    if (name === null) rest.push(arg);
    else if (flags.includes(name)) given.set(name, 'true');
    else if (options.includes(name) && args[i + 1] !== undefined) given.set(name, args[(i += 1)] ?? '');
    else
      throw new Usage(
        `不认识的参数 ${arg}。Unknown option ${arg}: known are ${[...flags, ...options].map((known) => `--${known}`).join(' ')}`,
      );
  }
  return { rest, given };
}
