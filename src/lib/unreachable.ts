/** Makes a forgotten case of a union a compile error; at run time it names the value that should not exist. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value ${JSON.stringify(value)}`);
}
