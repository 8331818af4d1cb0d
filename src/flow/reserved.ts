/** Words that cannot be ids, since expressions mean something else by them. */
const SCOPE = ['form', 'ticket', 'requester', 'assignee', 'actor', 'task', 'child', 'row', 'now', 'filing'];
const CEL = [
  ...['true', 'false', 'null', 'in', 'not', 'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if'],
  ...['import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while', 'prototype'],
  ...[
    'bool',
    'int',
    'uint',
    'double',
    'string',
    'bytes',
    'list',
    'map',
    'type',
    'null_type',
    'dyn',
    'cel',
    'google',
    'optional',
  ],
];
export const RESERVED_NODE_IDS: ReadonlySet<string> = new Set([...SCOPE, ...CEL, 'constructor']);
/** After a dot only what is no name at all is taken. */
export const RESERVED_FIELD_IDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'in', 'constructor']);
