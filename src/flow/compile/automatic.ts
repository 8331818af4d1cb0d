/** Nodes at which nobody acts and the flow may wait: calls, sub-flows, waits. */
import type { Scope, Value } from '../../form/field.ts';
import { durationOf } from '../../worktime/duration.ts';
import type { CallSpec, SubflowSpec, WaitSpec } from '../spec/node.ts';
import type { Path } from '../order.ts';
import type { CallNode, Given, WaitNode } from '../template.ts';
import { type Build, compileRaw, compileTest, compileText, type Place } from './build.ts';
import { onRefuse } from './onRefuse.ts';
import type { One } from './one.ts';
import { compileSelector } from './people.ts';
import { valueOfCel } from './value.ts';

export function call({ build, placed: { path }, entering }: One, spec: CallSpec) {
  const { on_error: error } = spec;
  const onError: CallNode['onError'] =
    typeof error === 'object' ? { kind: 'to', target: error.to } : { kind: error ?? 'admin' };
  return {
    kind: 'call',
    name: spec.call,
    url: compileText(build, [...path, 'url'], spec.url ?? '', entering, partOfAddress),
    send: givenOf(build, spec.send, [...path, 'send'], entering),
    take: spec.take ?? {},
    retries: spec.retries ?? null,
    onError,
  } as const;
}

/** A value stays within its part of the address: dots alone would lead to another one. */
const partOfAddress = (value: string): string => (/^\.+$/.test(value) ? '' : encodeURIComponent(value));

export function subflow({ build, placed: { path }, entering }: One, spec: SubflowSpec) {
  return {
    kind: 'subflow',
    name: spec.subflow,
    template: spec.template,
    requester: compileSelector(build, spec.requester ?? 'requester', [...path, 'requester'], entering),
    give: givenOf(build, spec.give, [...path, 'give'], entering),
    take: givenOf(build, spec.take, [...path, 'take'], { kind: 'taking', node: spec.id }),
    blocking: spec.blocking ?? true,
    onRefuse: onRefuse(spec.on_refuse, { kind: 'end' }),
    onParentReturn: spec.on_parent_return ?? null,
  } as const;
}

export function wait({ build, placed: { path }, entering }: One, spec: WaitSpec) {
  return { kind: 'wait', name: spec.wait, until: untilOf(build, spec, path, entering) } as const;
}

function untilOf(build: Build, spec: WaitSpec, path: Path, place: Place): WaitNode['until'] {
  if (spec.when_true !== undefined) {
    const at = [...path, 'when_true'];
    const holds = compileTest(build, at, spec.when_true, place);
    return { kind: 'condition', holds: holds ?? (() => true), mayTurn: mayTurn(build, at) };
  }
  const duration = spec.for === undefined ? null : durationOf(spec.for);
  if (duration) return { kind: 'while', duration };
  const at = compileRaw(build, [...path, 'until'], spec.until ?? 'now', 'time', place);
  return { kind: 'moment', at: (scope) => momentOf(at(scope)) };
}

/** What is asked at this place: only forms, which people fill in, or what changes by itself. */
function mayTurn({ compiled, scope, spec }: Build, path: Path): boolean {
  const reads = compiled.findLast((one) => one.path.join('.') === path.join('.'))?.expression.reads ?? [];
  const isSet = (field: string | null) =>
    spec.rules?.some((rule) => rule.do.some(({ set }) => set !== undefined && (field === null || field in set)));
  return reads.some(({ root, field }) => !scope.layout.forms.has(root) || (root === 'form' && isSet(field) === true));
}

function momentOf(raw: unknown): number | null {
  return raw instanceof Date && !Number.isNaN(raw.getTime()) ? raw.getTime() : null;
}

/** By name: a value as it stands, `=` an expression, or a text with `{…}`. */
function givenOf(
  build: Build,
  spec: Readonly<Record<string, string | number | boolean>> | undefined,
  path: Path,
  place: Place,
): Given {
  return Object.fromEntries(
    Object.entries(spec ?? {}).map(([name, value]) => [name, oneGiven(build, value, [...path, name], place)]),
  );
}

function oneGiven(build: Build, value: string | number | boolean, path: Path, place: Place): (scope: Scope) => Value {
  if (typeof value !== 'string') return () => value;
  if (!value.startsWith('=')) return compileText(build, path, value, place);
  const run = compileRaw(build, path, value, 'any', place);
  return (scope) => valueOfCel(run(scope));
}
